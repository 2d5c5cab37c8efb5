"""source/products.toml → the products of a workspace, and how they stand in each market."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.model import Finding, Product, Where
from pipeline.store.files import read_text
from pipeline.store.market_names import market_codes, unknown_market

if TYPE_CHECKING:
    from pipeline.store.market_schema import ProductTable

PRODUCTS = "source/products.toml"
# What `when.product_kind` says of pages without a product.
NO_KINDS = {"none": "no product", "claim": "a claim and no product"}


def load_products(root: Path) -> tuple[Product, ...]:
    """The products of a workspace in the order of the file; none without a file.

    Raises:
        ConfigError: with a finding for every problem of the file.
    """
    path = root / PRODUCTS
    if not path.exists():
        return ()
    from pipeline.store.market_schema import ProductsFile
    from pipeline.store.toml import line_of, read_toml

    tables = read_toml(path, ProductsFile, PRODUCTS).products
    text = read_text(path, PRODUCTS)
    known = market_codes(root)
    products: list[Product] = []
    findings: list[Finding] = []
    owners: dict[str, str] = {}
    for key, table in tables.items():
        product = _product(key, table, Where(PRODUCTS, line_of(text, ("products", key))))
        findings += _problems(product, owners)
        for code in table.markets:
            if code not in known:
                line = line_of(text, ("products", key, "markets", code))
                findings.append(unknown_market(code, known, Where(PRODUCTS, line)))
        products.append(product)
    if findings:
        raise ConfigError.of(tuple(findings))
    return tuple(products)


def _product(key: str, table: ProductTable, where: Where) -> Product:
    """One `[products.<id>]` table as a value."""
    return Product(
        id=key,
        names=tuple(table.names),
        kind=table.kind,
        substances=tuple(table.substances),
        exact_case=tuple(table.exact_case),
        markets=tuple(table.markets.items()),
        sample=table.sample,
        where=where,
    )


def _problems(product: Product, owners: dict[str, str]) -> Iterator[Finding]:
    """What is wrong with a product; `owners` are the names of those before it."""
    where = product.where
    if meant := NO_KINDS.get(product.kind):
        hint = "give the kind that the markets' rules ask for, such as coronary-des"
        yield Finding("bad-value", f"{product.kind!r} means: {meant}", where, hint)
    for name in product.names:
        if owners.setdefault(name, product.id) != product.id:
            problem = f"{name!r} is a name of {owners[name]!r} already"
            yield Finding("product-name-twice", problem, where, "leave one out")
    for name in product.exact_case:
        if name not in product.names:
            problem = f"exact_case: {name!r} is no name of {product.id!r}"
            yield Finding("bad-value", problem, where, f"its names are {', '.join(product.names)}")
