"""The Merkle tree."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.oversight.rules.merkle import head_from_proof, inclusion_proof, leaf_hash, node_hash, tree_head

trees = st.lists(st.binary(max_size=8).map(leaf_hash), min_size=1, max_size=70)


def naive_head(leaves):
    """RFC 6962 §2.1 to the letter."""
    if len(leaves) == 1:
        return leaves[0]
    split = max(2**power for power in range(7) if 2**power < len(leaves))
    return sha256(b"\x01" + naive_head(leaves[:split]) + naive_head(leaves[split:])).digest()


@given(trees)
def test_has_the_head_the_standard_defines(leaves):
    assert tree_head(leaves) == naive_head(leaves)


def test_of_nothing_has_the_hash_of_nothing():
    assert tree_head([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_agrees_with_the_test_vectors_of_certificate_transparency():
    items = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]

    head = tree_head(leaf_hash(bytes.fromhex(item)) for item in items)

    assert head.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(trees, st.data())
def test_proves_each_of_its_leaves(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))

    proof = inclusion_proof(leaves, index)

    assert head_from_proof(leaves[index], index=index, size=len(leaves), proof=proof) == tree_head(leaves)


@given(trees, st.data())
def test_does_not_prove_a_stranger(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    stranger = leaf_hash(b"not among them")

    proof = inclusion_proof(leaves, index)

    assert head_from_proof(stranger, index=index, size=len(leaves), proof=proof) != tree_head(leaves)


@given(st.lists(st.binary(max_size=8).map(leaf_hash), min_size=2, max_size=40, unique=True), st.data())
def test_changes_with_the_order_of_its_leaves(leaves, data):
    other = data.draw(st.permutations(leaves).filter(lambda order: order != leaves))

    assert tree_head(other) != tree_head(leaves)


@pytest.mark.parametrize(("index", "size", "proof"), [(0, 1, [b"x"]), (1, 1, []), (-1, 2, [b"x"]), (0, 2, [])])
def test_refuses_a_proof_that_cannot_fit(index, size, proof):
    with pytest.raises(ValueError, match="does not fit"):
        head_from_proof(leaf_hash(b""), index=index, size=size, proof=proof)


@pytest.mark.parametrize("index", [-1, 2])
def test_has_no_proof_of_a_leaf_it_lacks(index):
    with pytest.raises(IndexError):
        inclusion_proof([leaf_hash(b"1"), leaf_hash(b"2")], index)


def test_does_not_take_a_node_for_a_leaf():
    left, right = leaf_hash(b"1"), leaf_hash(b"2")

    assert leaf_hash(left + right) != node_hash(left, right)
