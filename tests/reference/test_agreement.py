"""The loop against its twin in real companies; `python -m tests.reference` runs the whole product at full size."""

import ast
from itertools import product
from pathlib import Path

import pytest

from tests.reference.account import Account
from tests.reference.case import Case
from tests.reference.cases import COMPANIES, N_SEEDS, ORGS, PRACTICES, SMALL, every_case, every_world, past
from tests.reference.comparing import columns_of

WORLDS = every_world(n_seeds=1)  # one seed each, taking turns
RULES = ("account", "case", "constants", "deal", "lead", "market", "salesperson")
SHARED = {  # with the loop, by module; any config and any calendar beside it
    "sim.randomness": {"Luck", "exponential", "normal", "uniform"},
    "sim.market.rules": {"logistic", "lognormal"},
    "sim.market.laws": {"Anchors", "Flow", "Policy", "Seats"},  # plain values that people decided, and names
}


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize("org", ORGS)
def test_both_markets_agree_on_every_number_under_all_practices(company, org):
    worlds = [world for world in WORLDS if (world.company, world.org) == (company, org)]
    parted = {world: str(found) for world, found in every_case(worlds, SMALL) if found is not None}
    assert not parted


def test_every_combination_is_run_and_each_structure_of_each_company_meets_every_seed():
    assert {world[:3] for world in WORLDS} == set(product(COMPANIES, ORGS, PRACTICES))
    for company, org in product(COMPANIES, ORGS):
        seeds = {world.seed for world in WORLDS if (world.company, world.org) == (company, org)}
        assert seeds == set(range(N_SEEDS))


def test_the_whole_product_has_every_combination_under_every_seed():
    assert set(every_world()) == set(product(COMPANIES, ORGS, PRACTICES, range(N_SEEDS)))


def test_every_variable_of_an_account_is_compared():
    accounts = past(COMPANIES[0], SMALL).reservoir.accounts
    assert set(columns_of(accounts)) == {*Account.VARIABLES, *Case.VARIABLES}


@pytest.mark.parametrize("module", RULES)
def test_the_twin_shares_with_the_loop_the_dice_two_scalar_functions_and_nothing_else(module):
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("sim."):
            names = {alias.name for alias in node.names}
            assert node.module in ("sim.config", "sim.periods") or names <= SHARED[node.module]
        elif isinstance(node, ast.Import):
            assert not any(alias.name.startswith("sim") for alias in node.names)
