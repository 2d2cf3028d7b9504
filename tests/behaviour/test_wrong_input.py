"""A user's mistake is answered by one line that names the setting and what is allowed, with exit status 2."""

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from sim.cli import main

# study | overrides, separated by two spaces | what the one line must say
WRONG = """
# misspelt settings, groups, options
compare | compny.n_prospects=3 | compny.n_prospects: no such setting; did you mean company.n_prospects?
compare | company.n_prospcts=3 | company.n_prospcts: no such setting; did you mean company.n_prospects?
compare | company={n_prospcts: 3} | company.n_prospcts: no such setting; did you mean company.n_prospects?
compare | n_salespeople=8 | n_salespeople: no such setting; did you mean company.n_salespeople?
compare | compny.n_prospcts=3 | compny.n_prospcts: no such setting; did you mean company.n_prospects?
compare | n_prospcts=3 | n_prospcts: no such setting; did you mean company.n_prospects?
compare | company.volatility=1 | company.volatility: no such setting; did you mean market.volatility?
compare | compny=medium | compny: no such setting; did you mean company?
compare | company=mdium | company = mdium: must be one of large, medium, small, startup; did you mean medium?
compare | company= | company is empty: must be one of large
compare | company=null | company = null: must be one of large
compare | company=3 | company = 3: must be one of large
compare | company=[small,medium] | company = ['small', 'medium']: must be one of large
compare | executor=dsk | executor = dsk: must be one of dask, processes, serial; did you mean dask?
compare | executor.address=tcp://10.0.0.1:8786 | executor.address = tcp://10.0.0.1:8786: must come with executor=dask
compare | orgs=[seprate] | orgs = seprate: must be one of cro_two_heads,
compare | orgs=[seprate] | ; did you mean separate?
compare | orgs=[separate+strng] | orgs, practices of separate+strng = strng: must be one of
compare | orgs=[separate+strong+hybrd] | orgs, roles of separate+strong+hybrd = hybrd: must be one of hybrid
compare | orgs=[separate+strong+hybrid+x] | must be org, org+practices or org+practices+roles
compare | reference=seprate | reference = seprate: must be one of
compare | versus=seprate | versus = seprate: must be one of
compare | company.today.org=seprate | company.today.org = seprate: must be one of
compare | company.today.org= | company.today.org is empty: must be one of cro_two_heads
compare | company.today.practices=strng | did you mean strong?
show org=separate | org.posts.head_of_sale.mandate=1 | no such post; must be one of head_of_sales, head_of_marketing; did you
show org=separate | org.posts={boss: {functions: [sales]}} | org.posts.boss: no such post; must be one of
show org=separate | org.posts.head_of_sales.mandat=1 | did you mean org.posts.head_of_sales.mandate?
show org=separate | compny | compny: no setting starts like this; did you mean company?
# wrong kinds
compare | company.n_prospects=abc | company.n_prospects = abc accounts: must be a whole number in [50, 1000000]
compare | company.n_prospects=3.5 | company.n_prospects = 3.5 accounts: must be a whole number
compare | company.n_prospects=null | company.n_prospects = null accounts: must be a whole number
compare | company.n_prospects=true | company.n_prospects = true accounts: must be a whole number
compare | company.n_prospects=[60] | company.n_prospects = [60] accounts: must be a whole number
compare | company.n_prospects={a: 1} | accounts: must be a whole number
compare | company.win_rate=high | company.win_rate = high share of closed: must be a number in [0.03, 0.8]
compare | mechanisms.clamp.trust=x | mechanisms.clamp.trust = x trust: must be a number in [0, 1]
compare | mechanisms.pressure=maybe | mechanisms.pressure = maybe: must be true or false
compare | people.mixing=[a] | people.mixing = ['a']: must be one of values, horizons
compare | people.mixing=valus | people.mixing = valus: must be one of values, horizons; did you mean values?
compare | company.today.org=[a] | company.today.org = ['a']: must be text
compare | contrast=equal_costs | contrast = equal_costs: must be one of equal_practices, equal_cost; did you mean equal_cost?
compare | contrast=null | contrast = null: must be one of equal_practices, equal_cost
compare | dry_run=perhaps | dry_run = perhaps: must be true or false
compare | seeds=many | seeds = many futures: must be a whole number in [1, 100000]
compare | seed=1.5 | seed = 1.5 (one future): must be a whole number in [0,
compare | orgs=separate | orgs = separate: must be a list such as [a,b]
compare | orgs=null | orgs = null: must be a list
compare | activities.brand=3 | activities.brand = 3: holds several settings, must be set one by one, such as
compare | company={} | company = {}: must not be empty
compare | company.n_prospects=${company.nme} | company.n_prospects: Interpolation key 'company.nme' not found
compare | company.n_prospects=${company.name} | company.n_prospects: While dereferencing interpolation
compare | company.n_prospects=??? | company.n_prospects is missing: must be given
# out of range
compare | company.n_prospects=-3 | company.n_prospects = -3 accounts: must be in [50, 1000000]
compare | company.win_rate=1.4 | company.win_rate = 1.4 share of closed: must be in [0.03, 0.8]
compare | company.win_rate=nan | company.win_rate = nan share of closed: must be in [0.03, 0.8]
compare | company.acv_usd=inf | company.acv_usd = inf USD a year, mean of contracts won: must be in
compare | people.kernel_order=-inf | people.kernel_order = -inf
compare | horizon_quarters=0 | horizon_quarters = 0 quarters measured: must be in [1, 40]
compare | seeds=0 | seeds = 0 futures: must be in [1, 100000]
compare | seed=-1 | seed = -1 (one future): must be in [0, 4294967295]
compare | executor.n_jobs=0 | executor.n_jobs = 0 processes: must be in [1, 1024]
# what can't be together
compare | seeds=3  seed=4 | seed = 4, seeds = 3: must be one of them, not both
compare | company=small  company=large | company is given twice, as small and large; must be one
compare | executor=serial  executor.n_jobs=2 | must be 1 where executor = serial; did you mean executor=processes?
compare | orgs=[] | orgs is empty: must name at least one structure
compare | results_dir= | results_dir is empty: must be a folder's name
compare | company.n_customers=6000 | company.n_customers = 6000 customers: must be at most half of
compare | company.n_prospects=2000 | company.n_prospects = 2000 accounts:
compare | company.mqls_per_quarter=1400 | company.mqls_per_quarter = 1400 MQLs: must be at most 90%
compare | company.inquiries_per_quarter=3000 | company.inquiries_per_quarter = 3000 inquiries:
compare | company.n_marketers=0 | company.n_marketers = 0 people: must be at least 1
compare | activities.brand.need_share=0.5 | activities: need_share of marketing adds up to 1.28; must be 1
# structures
show org=separate | org.posts={} | org.posts is empty: at least one post must lead sales
show org=separate | org.staffed=[marketing] | org.staffed = ['marketing']: must contain sales
show org=separate | org.staffed=[sles] | org.staffed names sles: must be sales or marketing; did you mean sales?
show org=separate | org.posts.head_of_sales.functions=[sales,marketing] | org.posts: marketing is led by two posts, head_of_sales and head_of_marketing; must be one
show org=separate | org.posts.head_of_sales.functions=[sles] | org.posts.head_of_sales.functions names sles: must be
show org=separate | org.posts.head_of_sales.functions=[] | org.posts.head_of_sales.functions is empty and nobody reports
show org=separate | org.posts.head_of_marketing.functions=[]  org.posts.head_of_sales.reports_to=head_of_marketing | org.posts: nobody leads marketing; one post must list it
show org=separate | org.posts.head_of_sales.hours_per_week=0 | hours_per_week = 0 hours: a post without hours leads nothing
show org=separate | org.posts.head_of_sales.reports_to=bord | reports_to = bord: must be one of board, head_of_sales,
show org=separate | org.posts.head_of_sales.reports_to=head_of_sales | reporting loop head_of_sales -> head_of_sales; must end
show org=separate | org.posts.head_of_sales.reports_to=head_of_marketing  org.posts.head_of_marketing.reports_to=head_of_sales | reporting loop head_of_sales -> head_of_marketing -> head_of_sales; must end at the board
# grammar, and what Hydra would do but we don't
compare | +unknown=1 | +unknown=1: settings can't be added; must be one that exists
compare | ++company.n_prospects=60 | settings can't be added
compare | ~company | ~company: settings can't be removed; must be setting=value
compare | company== | company==: can't be read as setting=value
compare | =3 | =3: can't be read as setting=value
compare | orgs=[separate | orgs=[separate: can't be read as setting=value
compare | company | company: must be written as setting=value; did you mean company=...?
compare | small | small: must be written as setting=value; did you mean company=small?
compare | n_prospcts | did you mean company.n_prospects=...?
compare | xyzzy | xyzzy: must be written as setting=value
compare | company@today=small | company@today=small: groups have one place each; must be company=...
compare | company=small,large | company = small,large: must be one value; several are for `twohats sweep`
compare | orgs=separate,founder_led | must be a list, orgs=[separate,founder_led]
compare | org=separate | org = separate: compare takes a list of structures; must be orgs=[separate]
compare | org=seprate | must be orgs=[seprate]
compare | org.posts.head_of_sales.mandate=1 | compare takes a list of structures; a changed one must be a file
compare | hydra.run.dir=x | hydra.run.dir=x: Hydra's own settings must go to `twohats sweep`
compare | hydra/launcher=basic | Hydra's own settings must go to `twohats sweep`
# what-ifs
whatif |  | scenario is not chosen: must be one of fractional_in_q3, merge_in_q2, split_in_q5, or a file of your own
whatif | scenario=split_in_q6 | scenario = split_in_q6: must be one of fractional_in_q3, merge_in_q2, split_in_q5; did you
whatif | scenaro=split_in_q5 | scenaro: no such setting; did you mean scenario?
whatif | scenario=split_in_q5  org=founder_led | org: a scenario starts from today; must be company.today.org=NAME
whatif | scenario=split_in_q5  practices=strong | practices: a scenario starts from today; must be company.today.practices
whatif | scenario=split_in_q5  practices.shared_crm=1 | practices.shared_crm: a scenario starts from today
whatif | scenario=split_in_q5  horizon_quarters=4 | changes: quarter = 5: must be in [1, 4], the measured quarters
whatif | scenario=split_in_q5  company=smal | company = smal: must be one of large, medium, small, startup; did you mean
whatif | scenario=split_in_q5  company.today.org=founder | company.today.org = founder: must be one of
whatif | scenario=split_in_q5  transition=perhaps | transition = perhaps: must be true or false
whatif | scenario=split_in_q5  orgs=[separate] | orgs=[separate]: is for compare; a change is held against doing nothing
whatif | scenario=split_in_q5  contrast=equal_cost | contrast=equal_cost: is for compare
whatif | scenario=split_in_q5  company.n_marketers=0 | company.n_marketers = 0 people: must be at least 1
whatif | scenario=split_in_q5  scenario.changes=[] | scenario split_in_q5: changes nothing; must have changes
whatif | scenario=split_in_q5,merge_in_q2 | must be one value; several are for `twohats sweep`
compare | scenario=split_in_q5 | scenario = split_in_q5: is for whatif; must be left out of compare
sweep | scenario=split_in_q5,x | scenario = x: must be one of fractional_in_q3, merge_in_q2, split_in_q5
show trace | scenario=split_in_q5  quarter=13 | quarter = 13: must be in [-3, 12]; up to 0 is warm-up
# sweeps, checked before the first job
sweep | company=small,mdium | company = mdium: must be one of large, medium, small, startup; did you mean medium?
sweep | market.volatility=0,0.2,7 | market.volatility = 7.0 sd of quarterly log demand: must be in [0, 1]
sweep | market.volatility=range(0,3) | market.volatility = 2.0 sd
sweep | market.volatilty=0,1 | market.volatilty: no such setting; did you mean market.volatility?
sweep | market.volatility=interval(0,1) | an interval has no list of values; must come with design=latin_hypercube
sweep | practices=glob(z*) | practices=glob(z*): has no value; must match one of
sweep | orgs=[separate] | orgs=[separate]: is for compare; must be org=NAME,NAME in a sweep
sweep | contrast=equal_cost | contrast=equal_cost: is for compare; must be left out of a sweep
sweep | hydra.jobb.name=x  hydra/launcher=basic | hydra.jobb.name=x: Could not override 'hydra.jobb.name'
sweep | hydra.job.name=x | hydra.job.name=x: is for a launcher of Hydra's; must come with hydra/launcher=basic
sweep | design=latin_hypercube | nothing has a range; must have a factor such as NAME=interval(LOW,HIGH)
sweep | design=sobol  points=100  market.volatility=interval(0,1) | points = 100: a Sobol sequence is even at powers of two; must be 64 or 128
sweep | design=nowhere.csv | design = nowhere.csv: 
sweep | design=latin_hypercube  market.volatility=interval(0,7) | must ascend within [0, 1]
sweep | design=latin_hypercube  people.mixing=range | people.mixing: is no number to sample
sweep | precision=2%  org=separate,founder_led | precision = 0.02: is for compare and whatif; must be left out
sweep | hydra/launcher=joblb | hydra/launcher=joblb:
sweep | +unknown=1,2 | settings can't be added
# flags and studies
compre |  | compre: no such study; must be one of compare, whatif, sweep, patterns, claims, show, store; did you mean compare?
company=small |  | company=small: no such study
compare | -m | -m: no such flag of compare; must be one of --help,
compare | --config-dri=x | --config-dri=x: no such flag of compare
compare | --cfg  hydra | --cfg/-c: invalid choice: 'hydra'
compare | --config-dir | --config-dir/-cd: expected one argument
compare | --config-dir  nowhere | --config-dir nowhere: no such folder
-sc | instal=bash | -sc instal=bash: must be one of install=bash,
# the ledger
claims | seed=3 | seed = 3: one future decides no claim; must be seeds=4 or more
claims | seeds=2 | seeds = 2 futures: must be at least 4
claims | horizon_quarters=8 | horizon_quarters = 8 quarters measured: must be at least 12; claims speak of three years
claims | ledger.rows=[C99] | ledger.rows = C99: no such claim; must be C01 to C26
claims | ledger.why_seeds=2 | ledger.why_seeds = 2: must be 0, to leave that out, or at least 4
claims | ledger.worlds=3 | ledger.worlds = 3: must be 0, to leave that out, or at least 8
claims | ledger.wrlds=3 | ledger.wrlds: no such setting; did you mean ledger.worlds?
claims | ledger.world_seeds=1 | ledger.world_seeds = 1 futures of each plausible world: must be in [2,
claims | company=small | company=small: every claim has worlds of its own; must be left out
claims | org=separate | org=separate: every claim has worlds of its own; must be left out
claims | practices.shared_kpis=1 | practices.shared_kpis=1: every claim has worlds of its own; must be left out
claims | precision=0.02 | precision=0.02: is for compare and whatif; must be left out
"""  # noqa: E501

# file | what it holds, \n for a new line | overrides | what the line must say after the file's name
WRONG_FILES = r"""
company/acme.yaml | n_prospcts: 60 | company=acme | company.n_prospcts: no such setting; did you mean company.n_p
company/acme.yaml | n_prospects: many | company=acme | company.n_prospects = many accounts: must be a whole
company/acme.yaml | today: {orgs: separate} | company=acme | company.today.orgs: no such setting; did you mean
company/acme.yaml | today: separate | company=acme | company.today = separate: holds several settings
company/acme.yaml | defaults: [small]\nacv: 3 | company=acme | company.acv: no such setting
company/acme.yaml | acv_usd: 600\nname: [unclosed | company=acme | line 2,
company/acme.yaml | acv_usd: 600\nacv_usd: 700 | company=acme | found duplicate key acv_usd
company/acme.yaml | - 1\n- 2 | company=acme | must hold lines of the form `setting: value`
company/acme.yaml | just words | company=acme | company.just words: no such setting
company/medium.yaml | acv_usd: 600 |  | company=medium is one of ours; must have another name
config.yaml |  |  | would not be read; must be in a folder such as company
org/ours.yaml | posts: {boss: {functons: [sales]}} | orgs=[ours] | org.posts.boss.functons: no such setting; did
org/ours.yaml | posts: {boss: {mandate: much}} | orgs=[ours] | org.posts.boss.mandate = much weight of
org/ours.yaml | posts: {boss: [sales]} | orgs=[ours] | org.posts.boss: no such post
practices/ours.yaml | shared_kpi: 1 | practices=ours | practices.shared_kpi: no such setting; did you mean
practices/ours.yaml | defaults: [strong]\nshared_kpi: 1 | practices=ours | practices.shared_kpi: no such
market/ours.yaml | volatility: null | market=ours | market.volatility = null sd of quarterly log demand
"""


# what the file scenario/mine.yaml holds, below a company and today | what the line must say after the file's name
WRONG_SCENARIOS = r"""
change: [{quarter: 5}] | change: must be one of name, label, phrase, color, company, market, people, mechanisms, facts,
change: [{quarter: 5}] | ; did you mean changes?
changes: {quarter: 5} | changes = {'quarter': 5}: must be a list, each with a quarter
changes: [split] | change 1 = split: must be what changes, such as {quarter: 5, org: NAME}
changes: [{quartr: 5, org: separate}] | change 1, quartr: must be one of quarter, org, practices, roles, market, set, leaves,
changes: [{quartr: 5, org: separate}] | ; did you mean quarter?
changes: [{org: separate}] | change 1, quarter = null: must be a whole number from 1 on
changes: [{quarter: Q5, org: separate}] | change 1, quarter = Q5: must be a whole number from 1 on
changes: [{quarter: 5}] | change 1: changes nothing; must hold org, practices, roles, market, set, leaves, hires
changes: [{quarter: 0, org: separate}] | changes: quarter = 0: must be in [1, 12], the measured quarters
changes: [{quarter: 13, org: separate}] | changes: quarter = 13: must be in [1, 12]
changes: [{quarter: 2, org: separate}, {quarter: 5, org: seprate}] | change 2, org = seprate: must be one of
changes: [{quarter: 2, org: separate}, {quarter: 5, org: seprate}] | ; did you mean separate?
changes: [{quarter: 5, practices: strng}] | change 1, practices = strng: must be one of
changes: [{quarter: 5, market: shrinkin}] | change 1, market = shrinkin: must be one of crowded,
changes: [{quarter: 5, set: {practices.shared_crn: 1}}] | practices.shared_crn: no such setting that can change in a run; did
changes: [{quarter: 5, set: {practices.shared_crn: 1}}] | did you mean practices.shared_crm?
changes: [{quarter: 5, set: {practices.shared_crm: 2}}] | in quarter 5, practices.shared_crm = 2.0 0 to 1; at 1 costs
changes: [{quarter: 5, set: {practices.shared_crm: "+200%"}}] | in quarter 5, practices.shared_crm = 1.2
changes: [{quarter: 5, set: {company.acv_usd: 5}}] | company.acv_usd: is a fact of today, a name, or what a structure is; can't
changes: [{quarter: 5, set: {company.name: x}}] | company.name: is a fact of today, a name
changes: [{quarter: 5, set: {company.n_salespeople: 8.5}}] | in quarter 5, company.n_salespeople = 8.5 people: must be a whole
changes: [{quarter: 5, set: {company.n_salespeople: +2}}] | line 5, +2: is read as 2; must be "+2", in quotes, to mean so much
changes: [{quarter: 5, set: {company.n_salespeople: "-12"}}] | in quarter 5, company.n_salespeople = 0 people: must be in
changes: [{quarter: 5, set: {company.n_salespeople: many}}] | company.n_salespeople = many: must be a number, or relative as
changes: [{quarter: 5, set: {mechanisms.trust: "+1"}}] | mechanisms.trust = +1: relative to true, which is no number
changes: [{quarter: 5, set: {mechanisms.trust: 1}}] | mechanisms.trust = 1: must be true or false
changes: [{quarter: 5, set: {people.attribution: frist}}] | people.attribution = frist: must be one of first, last, shared
changes: [{quarter: 5, set: 3}] | change 1, set = 3: must be settings such as {name: value}
changes: [{quarter: 5, leaves: head_of_markting}] | in quarter 5, leaves = head_of_markting: must be one of
changes: [{quarter: 5, leaves: salesperson_13}] | leaves = salesperson_13: must be one of head_of_sales_and_marketing, salesperson_1
changes: [{quarter: 5, hires: 3}] | change 1, hires = 3: must be a post or seat, or a list of them
facts: {company.n_salespeple: 5} | company.n_salespeple: no such setting; did you mean company.n_salespeople?
facts: {company.n_salespeople: 0}\nchanges: [{quarter: 5, org: separate}] | company.n_salespeople = 0 people: must be in [1, 1000]
facts: [1] | facts = [1]: must be settings such as {name: value}
today: {organisation: separate} | today, organisation: must be one of org, practices, roles
changes: [{quarter: 5, org: [separate] | line
changes: | changes = null: must be a list, each with a quarter
facts: | facts = null: must be settings such as {name: value}
changes: [null] | change 1 = null: must be what changes, such as {quarter: 5, org: NAME}
name: do_nothing | scenario.name = do_nothing: is what a change is held against; must be another name
color: blue\nchanges: [{quarter: 5, org: separate}] | color = blue: must be such as "#0072B2", in quotes
changes: [{quarter: 5, org: [separate]}] | change 1, org = ['separate']: must be a name
changes: [{quarter: 5, set: {}}] | change 1: changes nothing; must hold org, practices
changes: [{quarter: 5, set: {3: 4}}] | change 1, set = {3: 4}: must have names in front of its colons
changes: [{quarter: 5, set: {company.n_salespeople: -2}}] | must not be negative; "-2", in quotes, means so much less
changes: [{quarter: 5, set: {company.n_salespeople: +2_000}}] | +2_000: is read as 2_000; must be "+2_000", in quotes
changes: [{quarter: 5, set: {company.program_budget_usd_per_year: −30%}}] | must be a number, or relative as in "+1" or "-20%"
changes: [{quarter: 5, org: separate}, {quarter: 5, org: founder_led}] | in quarter 5, org is changed twice; must be one
changes: [{quarter: 5, org: no_marketing, leaves: marketer_1}] | leaves = marketer_1: is no longer there then; who has no place
changes: [{quarter: 5, org: separate, leaves: head_of_sales_and_marketing}] | is no longer there then; who has no place any
changes: [{quarter: 5, hires: salesperson_2}] | hires = salesperson_2: is neither new then nor left before; must be, for
facts: {seeds: 3}\nchanges: [{quarter: 5, org: separate}] | facts, seeds: is how a study is run, no fact; must be given
"""  # noqa: E501


def table(text):
    """The cells of each line that is not a comment."""
    return [
        [cell.strip() for cell in line.split("|")] for line in text.splitlines() if line and not line.startswith("#")
    ]


def answer(words, capsys):
    """Exit status and the lines on stderr of a command that must print nothing else."""
    status = main(words)
    printed = capsys.readouterr()
    assert printed.out == ""
    return status, printed.err.splitlines()


@pytest.fixture(autouse=True)
def _nothing_is_run(monkeypatch, tmp_path):
    def run(*_):
        raise AssertionError("a mistake got through to the study")

    monkeypatch.setitem(sys.modules, "sim.report.answer", types.SimpleNamespace(compare=run))
    monkeypatch.setitem(sys.modules, "sim.report.whatif", types.SimpleNamespace(whatif=run))
    monkeypatch.setitem(sys.modules, "sim.study.sweep", types.SimpleNamespace(job=run))
    monkeypatch.setattr("sim.cli.sweeping.run_with_progress", run)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("study", "overrides", "said"), table(WRONG))
def test_a_mistake_is_named_in_one_line(study, overrides, said, capsys):
    status, lines = answer([*study.split(), *(o for o in overrides.split("  ") if o)], capsys)
    assert status == 2
    assert len(lines) == 1
    assert lines[0].startswith("twohats: ")
    assert said in lines[0]
    for hydras in ("Traceback", "To append", "full_key", "Could not find 'company"):
        assert hydras not in lines[0]


@pytest.mark.parametrize(("file", "held", "overrides", "said"), table(WRONG_FILES))
def test_a_mistake_in_a_users_file_is_named_with_the_file(file, held, overrides, said, capsys):
    place = Path("mine") / file
    place.parent.mkdir(parents=True)
    Path("mine/company").mkdir(exist_ok=True)
    place.write_text(held.replace("\\n", "\n"), encoding="utf-8")
    status, lines = answer(["compare", "--config-dir", "mine", *overrides.split()], capsys)
    assert status == 2
    assert len(lines) == 1
    assert str(place.resolve()) in lines[0]
    assert said in lines[0]


@pytest.mark.parametrize(("held", "said"), table(WRONG_SCENARIOS))
def test_a_mistake_in_a_users_scenario_is_named_with_the_file(held, said, capsys):
    place = Path("mine/scenario/mine.yaml")
    place.parent.mkdir(parents=True)
    today = "" if held.startswith("today") else "today: {org: merged_sales_led}\n"
    text = f"# a comment\nlabel: x\ncompany: medium\n{today}{held}\n"
    place.write_text(text.replace("\\n", "\n"), encoding="utf-8")
    status, lines = answer(["whatif", "scenario=mine", "--config-dir", "mine"], capsys)
    assert status == 2
    assert len(lines) == 1
    assert str(place.resolve()) in lines[0]
    assert said in lines[0]


def test_a_file_that_is_not_utf_8_is_named(capsys):
    place = Path("mine/company/acme.yaml")
    place.parent.mkdir(parents=True)
    place.write_bytes(b"name: Z\xfcrich\n")
    status, lines = answer(["compare", "-cd", "mine", "company=acme"], capsys)
    assert (status, len(lines)) == (2, 1)
    assert f"{place.resolve()}: " in lines[0]
    assert "must be YAML in UTF-8" in lines[0]


def test_options_of_a_users_own_are_suggested_too(capsys):
    place = Path("mine/company/acme.yaml")
    place.parent.mkdir(parents=True)
    place.write_text("defaults: [small]\n", encoding="utf-8")
    status, (line,) = answer(["compare", "-cd", "mine", "company=acmee"], capsys)
    assert status == 2
    assert line.endswith("must be one of large, medium, small, startup, acme; did you mean acme?")


def test_a_users_file_that_builds_on_nothing_is_refused_in_one_line(capsys):
    place = Path("mine/company/acme.yaml")
    place.parent.mkdir(parents=True)
    place.write_text("defaults: [smal]\n", encoding="utf-8")
    status, lines = answer(["compare", "-cd", "mine", "company=acme"], capsys)
    assert (status, len(lines)) == (2, 1)
    assert "company/smal" in lines[0]


def test_a_folder_of_misspelt_groups_is_refused(capsys):
    Path("mine/compny").mkdir(parents=True)
    status, (line,) = answer(["compare", "-cd", "mine"], capsys)
    assert status == 2
    assert "must hold at least one folder of company, org, " in line
    assert line.endswith("did you mean company?")


def test_a_value_is_shown_as_it_was_written_in_one_line_whatever_is_in_it(capsys):
    status, (line,) = answer(["compare", "reference=two\nlines"], capsys)
    assert status == 2
    assert line.startswith("twohats: ")


def test_the_installed_command_says_the_same():
    command = [sys.executable, "-W", "error", "-m", "sim.cli", "compare", "company=mdium"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=with_package())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "twohats: company = mdium: must be one of large, medium, small, startup; did you mean medium?"
    ]


def with_package():
    """The environment with this package on the path, wherever the test runs."""
    root = str(Path(__file__).parents[2])
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
    }


def test_help_and_version_are_answers_and_not_mistakes(capsys):
    for words in (
        [],
        ["--help"],
        ["-h"],
        ["--version"],
        ["compare", "--help"],
        ["show", "-h"],
        ["sweep", "-h"],
        ["whatif", "-h"],
    ):
        assert main(words) == 0
        printed = capsys.readouterr()
        assert printed.out
        assert printed.err == ""


def test_the_settings_can_be_looked_at_without_a_run(capsys):
    assert main(["compare", "company=small", "orgs=[separate]", "--cfg", "job"]) == 0
    assert "name: small" in capsys.readouterr().out
    assert main(["sweep", "-m", "company=small,large", "--cfg", "job"]) == 0
    assert "name: small" in capsys.readouterr().out
    assert main(["show", "--cfg", "job"]) == 0
    assert "name: separate" in capsys.readouterr().out
    assert main(["show", "company=small", "company.n_salespeople", "people.switching_loss"]) == 0
    starts = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert ["company.n_salespeople", "6"] in starts
    assert ["people.switching_loss", "0.1"] in starts
    assert not any(start[:1] == ["company.n_prospects"] for start in starts)


def test_compare_gets_scenarios_settings_and_the_command_and_its_status_is_ours(monkeypatch):
    asked = []

    def compare(scenarios, settings, command):
        asked.append((list(scenarios), settings.seeds, settings.results_dir, command))
        return 1

    monkeypatch.setitem(sys.modules, "sim.report.answer", types.SimpleNamespace(compare=compare))
    assert main(["compare", "orgs=[founder_led]", "seeds=3", "results_dir=My Client, Inc"]) == 1
    command = "twohats compare 'orgs=[founder_led]' seeds=3 'results_dir=My Client, Inc'"
    assert asked == [(["separate", "founder_led"], 3, "My Client, Inc", command)]


@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        (KeyboardInterrupt(), 130, "twohats: interrupted"),
        (
            PermissionError(13, "Permission denied", "/results"),
            2,
            "twohats: /results: Permission denied; must be",
        ),
    ],
)
def test_what_stops_a_run_is_said_in_one_line(raised, status, said, monkeypatch, capsys):
    def compare(*_):
        raise raised

    monkeypatch.setitem(sys.modules, "sim.report.answer", types.SimpleNamespace(compare=compare))
    got, (line,) = answer(["compare"], capsys)
    assert got == status
    assert line.startswith(said)


SWEEPING = """
import sys, types
def job(name, config, settings, choices, folder):
    company = choices["company"]
    print(config.org.name, config.company.n_salespeople, settings.seed_list(), company, folder.name)
    assert folder.is_dir(), folder
    if config.market.volatility > 0.5:
        raise RuntimeError("the run broke")
sys.modules["sim.study.sweep"] = types.SimpleNamespace(job=job)
from sim.cli import main
sys.exit(main(sys.argv[1:]))
"""


def swept(*words):
    command = [sys.executable, "-W", "error", "-c", SWEEPING, "sweep", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=with_package())
    return done, [line for line in done.stdout.splitlines() if "HYDRA" not in line]


def test_a_sweep_with_a_launcher_of_hydras_is_a_multirun_with_a_job_per_point():
    Path("mine/company").mkdir(parents=True)
    Path("mine/company/acme.yaml").write_text("defaults: [small]\nn_salespeople: 7\n", encoding="utf-8")
    grid = ["org=separate,founder_led", "company=acme,small", "seeds=2", "results_dir=My Client, Inc"]
    done, jobs = swept("-m", *grid, "-cd", "mine", "hydra/launcher=basic")
    assert done.returncode == 0, done.stderr
    assert jobs == [
        "separate 7 (0, 1) acme 0",
        "separate 6 (0, 1) small 1",
        "founder_led 7 (0, 1) acme 2",
        "founder_led 6 (0, 1) small 3",
    ]
    (folder,) = Path("My Client, Inc/sweep").iterdir()
    assert (folder / "multirun.yaml").is_file()
    assert (folder / "3/.hydra/overrides.yaml").is_file()


def test_a_job_that_fails_does_not_take_the_others_along():
    done, jobs = swept("market.volatility=0,0.6,0.1", "seed=0", "hydra.sweep.dir=here", "hydra/launcher=basic")
    assert done.returncode == 1
    assert [job[-1] for job in jobs] == ["0", "1", "2"]
    assert "the run broke" in done.stderr
    assert Path("here/2").is_dir()


def test_hydra_completes_settings_after_the_studys_name(monkeypatch, capsys):
    def completed(line):
        monkeypatch.setenv("COMP_LINE", line)
        assert main(["-sc", "query=bash"]) == 0
        return capsys.readouterr().out.split()

    assert completed("twohats ") == ["compare", "whatif", "sweep", "patterns", "claims", "show"]
    assert completed("twohats com") == ["compare"]
    assert completed("twohats whatif scenario=sp") == ["scenario=split_in_q5"]
    assert not completed("twohats compare scen")
    assert completed("twohats compare company=m") == ["company=medium"]
    assert completed("twohats compare org") == ["orgs=["]
    assert completed("twohats sweep -m org=founder") == ["org=founder_led"]
    assert completed("twohats show people.switching_l") == ["people.switching_loss="]
    Path("mine/company").mkdir(parents=True)
    Path("mine/company/acme.yaml").write_text("", encoding="utf-8")
    assert completed("twohats compare --config-dir mine company=a") == ["company=acme"]


def test_completion_can_be_installed(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["/usr/bin/twohats", "-sc", "install=bash"])
    assert main() == 0
    assert capsys.readouterr().out.endswith("hydra_bash_completion twohats\n")
