import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.org.sums import total, total_where

NUMBERS = st.lists(st.tuples(st.floats(-1e6, 1e6), st.booleans()), max_size=128)


@given(numbers=NUMBERS)
def test_a_compiled_sum_is_numpys_to_the_last_digit(numbers):
    values = np.array([value for value, _ in numbers])
    is_in = np.array([chosen for _, chosen in numbers], dtype=bool)
    assert total(values) == values.sum()
    assert total_where(values, is_in) == values[is_in].sum()
