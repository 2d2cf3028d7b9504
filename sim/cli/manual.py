"""What `--help` says. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass

from sim.composition.catalogue import GROUPS, Catalogue


@dataclass(frozen=True)
class Study:
    """One word after `twohats`: the question that it answers, and how it is called."""

    question: str
    usage: str
    examples: tuple[str, ...]


TRACE = "trace"
"""After `show`: not what is set, but what a quarter's leaders made of it."""

DIVERGENCE = "divergence"
"""After `show`: where two scenarios part."""

STUDIES = {
    "compare": Study(
        "Which structure is best here, by how much, how surely?",
        "twohats compare [setting=value ...]",
        (
            "company=medium",
            "'orgs=[merged_sales_led,separate+strong]'",
            "'orgs=[merged_sales_led,cro_two_heads]' contrast=equal_cost",
            "company=small seeds=16 executor.n_jobs=2",
        ),
    ),
    "whatif": Study(
        "What if we change something at a quarter, against doing nothing?",
        "twohats whatif scenario=NAME [setting=value ...]",
        (
            "scenario=split_in_q5",
            "scenario=merge_in_q2 company=medium seeds=16",
            "scenario=mine --config-dir DIR",
        ),
    ),
    "sweep": Study(
        "What comes out over many settings: a grid, a sample of ranges, a list?",
        "twohats sweep [-m] [setting=value,value ...]",
        (
            "-m org=separate,merged_sales_led company=small,medium market.volatility=0,0.2,0.4",
            "-m design=latin_hypercube points=100 'market.volatility=interval(0,0.4)' org=separate,founder_led",
            "-m design=points.csv company=small",
        ),
    ),
    "patterns": Study(
        "Does the model know what is known of companies like these?",
        "twohats patterns [setting=value ...]",
        ("seeds=16", "people.mixing=horizons", "company=small"),
    ),
    "claims": Study(
        "Which of the articles' claims hold, how surely, why, and where do they flip?",
        "twohats claims [setting=value ...]",
        (
            "seeds=64",
            "seeds=16 'ledger.rows=[C03,C09]' ledger.worlds=0",
            "people.away_penalty=0.3 ledger.why_seeds=0",
        ),
    ),
    "show": Study(
        "What is configured, with units, ranges and sources?",
        "twohats show [setting=value ...] [group or start of a setting's name ...]\n"
        "twohats show trace [setting=value ...] [seed=0] [quarter=1] [post=NAME]\n"
        "twohats show divergence a=ORG b=ORG [seed=0] [setting=value ...]",
        (
            "org=separate company=small",
            "company",
            "people.switching_loss",
            "trace org=separate seed=3 quarter=2 post=head_of_marketing",
            "divergence a=separate b=merged_sales_led+strong seed=3",
        ),
    ),
}

STORE = "store"
"""No study: what has been run."""

STORE_MANUAL = """\
What has been run, is it whole, and what of it can go?

twohats store list [results_dir=results]     runs by model, company and structure
twohats store verify [results_dir=results]   reads every run and compares it with its checksums; damaged ones are set
                                             aside, and run again when a study asks for them; exit status 1 then
twohats store prune [results_dir=results] [dry_run=true]
                                             takes out what other versions of the model ran, and what failed or is
                                             damaged

Every study keeps its runs in results_dir/store.sqlite, and does not run again what is there."""

OVERVIEW = """\
Simulates who should lead sales and marketing: one head with two hats, or two heads with one each.

twohats <study> [setting=value ...]

{studies}

twohats <study> --help says more; twohats --version"""

MANUAL = """\
{question}

{usage}
{examples}

Groups, each chosen as group=option:
{groups}

How to run: seeds=64 (seeds 0 to 63) or seed=7, precision=2% (as many as it takes), executor.n_jobs=2,
  executor=dask executor.address=tcp://host:8786, results_dir=results, dry_run=true
Every other setting, with its unit and range: twohats show

  --config-dir, -cd DIR   search DIR for options of your own, such as DIR/company/acme.yaml
  --cfg, -c job           print the settings as YAML and stop
Completion on TAB: eval "$(twohats -sc install=bash)\""""


def overview() -> str:
    """The studies and the question of each."""
    lines = [(name, study.question) for name, study in STUDIES.items()]
    lines.append((STORE, STORE_MANUAL.partition("\n")[0]))
    return OVERVIEW.format(studies="\n".join(f"  {name:<9} {question}" for name, question in lines))


def manual(name: str, catalogue: Catalogue) -> str:
    """How one study is called, with the options of every group."""
    study = STUDIES[name]
    return MANUAL.format(
        question=study.question,
        usage=study.usage,
        examples="\n".join(f"  twohats {name} {example}" for example in study.examples),
        groups="\n".join(f"  {group:<11} {', '.join(catalogue.options(group))}" for group in GROUPS),
    )
