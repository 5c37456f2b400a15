"""All eigenvalues of a symmetric matrix, block by block where it falls into blocks (slide 34)."""

from dataclasses import dataclass

import numpy as np

from core.network.activations import Array


@dataclass(frozen=True)
class Eigen:
    """A symmetric matrix taken apart.

    Attributes
    ----------
    values : array (n,)
        From the largest down.
    vectors : array (n, n)
        Row i belongs to value i and has length 1; it lies within one block, its largest number is positive.
    blocks : tuple of tuple of int
        Rows that have to do with each other: all numbers between two blocks are exactly 0.
    """

    values: Array
    vectors: Array
    blocks: tuple[tuple[int, ...], ...]


def eigen(matrix: Array) -> Eigen:
    """Take a symmetric matrix (n, n) apart.

    Notes
    -----
    Of equal eigenvalues any mixture of their vectors would do. Taken block by block, each stays with the parameters
    that it is about: in one layer, with one unit's weights.
    """
    blocks = blocks_of(matrix)
    values, vectors = [], []
    for block in blocks:
        found, columns = np.linalg.eigh(matrix[np.ix_(block, block)])
        for value, column in zip(found, columns.T, strict=True):
            vector = np.zeros(len(matrix))
            vector[list(block)] = column * np.sign(column[np.abs(column).argmax()])
            values.append(value)
            vectors.append(vector)
    order = np.argsort(-np.array(values), kind="stable")
    return Eigen(np.array(values)[order], np.array(vectors)[order], blocks)


def blocks_of(matrix: Array) -> tuple[tuple[int, ...], ...]:
    """Find the rows of a symmetric matrix that hang together by numbers that are not exactly 0."""
    tied = matrix != 0
    left = set(range(len(matrix)))
    blocks = []
    while left:
        block: set[int] = set()
        fresh = {min(left)}
        while fresh:
            block |= fresh
            fresh = {int(k) for row in fresh for k in np.flatnonzero(tied[row])} - block
        blocks.append(tuple(sorted(block)))
        left -= block
    return tuple(blocks)
