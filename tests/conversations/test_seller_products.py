"""/products: the catalogue in the chat and one product added step by step (product 2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.product_effects import ArchiveProduct, NewVariant, SaveProduct
from conversations.product_steps import (
    AddingProduct,
    ProductArchive,
    ProductCard,
    ProductDescription,
    ProductDetail,
    ProductName,
    ProductPhoto,
    ProductPreview,
    ProductsList,
    VariantDraft,
    VariantMore,
    VariantName,
    VariantPrice,
    VariantQuota,
    VariantWeight,
)
from conversations.said import Picked, SentFile
from conversations.seller_flow import begin_products
from conversations.steps import Home
from conversations.table import Step
from messages.catalog.product_making import PhotoUnusable, ProductSaved, VariantExists, VariantsFull
from messages.catalog.products import ProductArchived, ProductGone, ProductPreviewed
from messages.catalog.selling_unclear import ChoiceUnclear, MoneyUnclear, NumberUnclear, SellerLeft, TextUnclear
from preorder.batch import ProductId
from preorder.money import Rupiah
from preorder.picture import Shot
from tests.conversations.seller_chat import BAG, HIJAB, Seller, product, shop, worded

PHOTO = SentFile("photo", "file-1", "unique-1", 40_000)
ANSWERS: tuple[tuple[type[Step], str | SentFile], ...] = (
    (ProductName, "Gamis  Lebaran"),
    (ProductPhoto, PHOTO),
    (ProductDescription, "Bahan ceruty.\nUkuran S sampai XL."),
    (ProductDetail, "lewati semua"),
    (VariantName, "Hijau Sage"),
    (VariantPrice, "150rb"),
    (VariantWeight, "250"),
    (VariantQuota, "tanpa batas"),
    (VariantMore, "selesai"),
)


def adding(until: type[Step] = ProductPreview) -> Seller:
    """A seller who has answered everything about a new product before `until`."""
    snapshot = shop()
    seller = Seller(begin_products(snapshot), snapshot).press("add")
    for place, answer in ANSWERS:
        if place is until:
            break
        assert type(seller.where()) is place
        if isinstance(answer, SentFile):
            seller.send(answer).press("done")
        else:
            seller.say(answer)
    assert type(seller.where()) is until
    return seller


def test_a_product_is_added_with_photo_variant_and_preview() -> None:
    """What was entered is shown as buyers see it, photo above it, and saved once."""
    seller = adding()
    assert seller.screen.pictures == (Shot("photo", "file-1"),)
    assert isinstance(seller.screen.message, ProductPreviewed)
    assert "Hijau Sage, <b>Rp 150.000</b>" in worded(seller.screen.message)
    assert seller.done == []
    seller.say("simpan")
    assert seller.done == [
        SaveProduct(
            ProductId("fresh1"),
            "Gamis Lebaran",
            "Bahan ceruty.\nUkuran S sampai XL.",
            (NewVariant("Hijau Sage", Rupiah(150_000), 250),),
            pictures=(Shot("photo", "file-1"),),
        )
    ]
    assert (seller.where(), seller.heard) == (Home(), (ProductSaved("Gamis Lebaran"),))


def test_a_product_needs_only_a_name_and_a_price() -> None:
    """Photo, description and weight can be skipped, and a product may come in one kind."""
    seller = adding(until=ProductPhoto).say("lewati", "Lewati", "lewati semua", "satu varian saja", "50.000")
    seller.say("skip", "tanpa batas", "done", "save")
    assert seller.done == [
        SaveProduct(ProductId("fresh1"), "Gamis Lebaran", "", (NewVariant("Standar", Rupiah(50_000)),))
    ]


def test_variants_are_added_one_after_the_other() -> None:
    """By the button or by typing the next name at once."""
    seller = adding(until=VariantMore).press("add").say("Ukuran L", "160rb", "0,3 kg", "12")
    seller.say("Ukuran XL", "170rb", "lewati", "no limit")
    assert _variants(seller) == (
        VariantDraft("Hijau Sage", Rupiah(150_000), 250),
        VariantDraft("Ukuran L", Rupiah(160_000), 300, 12),
        VariantDraft("Ukuran XL", Rupiah(170_000), 0),
    )


def test_an_empty_catalogue_begins_with_its_first_product() -> None:
    """There is nothing to list, so the name is asked at once; back leaves."""
    snapshot = shop(products=())
    seller = Seller(begin_products(snapshot), snapshot)
    assert type(seller.where()) is ProductName
    assert seller.back().heard == (SellerLeft(),)


@pytest.mark.parametrize(
    ("place", "before"),
    [
        (ProductName, ProductsList),
        (ProductPhoto, ProductName),
        (ProductDescription, ProductPhoto),
        (ProductDetail, ProductDescription),
        (VariantName, ProductDetail),
        (VariantPrice, VariantName),
        (VariantWeight, VariantPrice),
        (VariantQuota, VariantWeight),
        (VariantMore, VariantQuota),
        (ProductPreview, VariantMore),
    ],
)
def test_back_asks_the_question_before(place: type[Step], before: type[Step]) -> None:
    """From every question there is a way to the one before."""
    assert type(adding(until=place).back().where()) is before


def test_back_takes_the_last_variant_out_to_enter_it_anew() -> None:
    """Its quota, weight, price and name can be entered again, and nothing is there twice."""
    seller = adding(until=VariantMore).back().back().back().say("155rb", "260 g", "tanpa batas")
    assert _variants(seller) == (VariantDraft("Hijau Sage", Rupiah(155_000), 260),)


def test_back_from_a_further_variant_returns_to_the_list_of_variants() -> None:
    """A variant begun by mistake is left out."""
    seller = adding(until=VariantMore).press("add")
    assert "single" not in {button.value for button in seller.screen.buttons}
    assert type(seller.back().where()) is VariantMore


def test_cancel_anywhere_saves_nothing() -> None:
    """Leaving is possible at every question and says that nothing changed."""
    for place, _ in ANSWERS:
        left = adding(until=place).cancel()
        assert (left.where(), left.heard, left.done) == (Home(), (SellerLeft(),), [])


@pytest.mark.parametrize(
    ("until", "text", "why"),
    [
        (ProductName, "✨", TextUnclear("✨", "empty")),
        (ProductName, "a" * 61, TextUnclear("a" * 59 + "…", "too_long", 61, 60)),
        (ProductPhoto, "nanti", PhotoUnusable("typed")),
        (ProductDescription, "b" * 801, TextUnclear("b" * 59 + "…", "too_long", 801, 800)),
        (VariantName, "v" * 41, TextUnclear("v" * 41, "too_long", 41, 40)),
        (VariantPrice, "gratis", MoneyUnclear("gratis", "unreadable")),
        (VariantPrice, "0", MoneyUnclear("0", "not_positive")),
        (VariantPrice, "150", MoneyUnclear("150", "doubtful", (150, 150_000))),
        (VariantPrice, "2 miliar", MoneyUnclear("2 miliar", "too_large")),
        (VariantPrice, "1500,5", MoneyUnclear("1500,5", "not_whole")),
        (VariantWeight, "berat", NumberUnclear("berat", "not_a_number")),
        (VariantWeight, "0", NumberUnclear("0", "too_small", 1)),
        (VariantWeight, "2,5 g", NumberUnclear("2,5 g", "not_whole")),
        (VariantWeight, "60 kg", NumberUnclear("60 kg", "too_large", 50_000)),
        (VariantMore, "hijau sage", VariantExists("hijau sage")),
    ],
)
def test_an_answer_that_cannot_be_used_is_explained_and_nothing_is_lost(
    until: type[Step], text: str, why: object
) -> None:
    """The seller stays where they are, with one sentence that carries what was wrong (product 11)."""
    seller = adding(until=until)
    before = seller.where()
    assert seller.say(text).why == why
    assert seller.where() == before


def test_a_weight_may_have_a_dot_for_thousands() -> None:
    """`1.250 g` is a kilogram and a quarter."""
    assert _variants(adding(until=VariantWeight).say("1.250 g", "tanpa batas"))[0].weight == 1250


def test_a_photo_sent_as_a_file_is_asked_for_again() -> None:
    """A document cannot be shown above a text."""
    seller = adding(until=ProductPhoto).send(SentFile("document", "file-2", "unique-2", 90_000, "gamis.jpg"))
    assert seller.why == PhotoUnusable("document")


def test_a_product_has_at_most_fifty_variants() -> None:
    """More would not fit a screen; done is still possible."""
    seller = adding(until=VariantMore)
    step = seller.where()
    assert isinstance(step, AddingProduct)
    many = tuple(VariantDraft(f"Warna {n}", Rupiah(10_000)) for n in range(50))
    seller.step = VariantMore(replace(step.draft, variants=many))
    assert seller.press("add").why == VariantsFull(50)
    assert seller.say("Warna 51").why == VariantsFull(50)
    assert type(seller.say("selesai").where()) is ProductPreview


def test_a_product_is_archived_after_one_question() -> None:
    """From the list to its card, one yes, and it is out of the catalogue."""
    seller = listing().say("1")
    assert seller.where() == ProductCard(HIJAB.id)
    seller.press("archive")
    assert type(seller.where()) is ProductArchive
    seller.say("ya")
    assert seller.done == [ArchiveProduct(HIJAB.id)]
    assert (seller.where(), seller.heard) == (ProductsList(), (ProductArchived("Hijab Voal"),))


def test_no_to_archiving_keeps_the_product() -> None:
    """No and back lead to the card, back from there to the list, back from there out."""
    seller = listing().say("tas", "arsipkan", "tidak")
    assert (seller.where(), seller.done) == (ProductCard(BAG.id), [])
    seller.press("archive").back()
    assert seller.where() == ProductCard(BAG.id)
    assert seller.back().where() == ProductsList()
    assert seller.back().heard == (SellerLeft(),)


def test_a_name_that_several_or_no_products_have_is_no_choice() -> None:
    """Only one product may be meant."""
    assert listing().say("a").why == ChoiceUnclear("a")
    assert listing().say("sepatu").why == ChoiceUnclear("sepatu")


def test_a_product_archived_by_somebody_else_is_gone() -> None:
    """Its card and its question say so and lead to the list."""
    card, question = listing().say("tas"), listing().say("tas", "arsipkan")
    card.shop = question.shop = shop(products=(HIJAB,))
    assert isinstance(card.screen.message, ProductGone)
    assert isinstance(question.screen.message, ProductGone)
    assert (card.hear(Picked("archive")).where(), card.heard) == (ProductsList(), (ProductGone(),))
    assert (question.hear(Picked("yes")).where(), question.done) == (ProductsList(), [])
    assert listing().hear(Picked("p.sepatu")).why == ProductGone()


@pytest.mark.parametrize(("until", "value"), [(VariantName, "apa"), (VariantMore, "apa"), (ProductPreview, "apa")])
def test_a_forged_button_is_no_choice(until: type[Step], value: str) -> None:
    """A value that is not on the screen changes nothing."""
    assert adding(until=until).hear(Picked(value)).why == ChoiceUnclear(value)
    assert listing().say("tas").hear(Picked("apa")).why == ChoiceUnclear("apa")


def test_a_large_catalogue_shows_forty_and_finds_the_others_by_name() -> None:
    """Telegram allows a hundred buttons; the message stays readable."""
    many = tuple(product(f"p{n}", f"Produk {n:02}") for n in range(55))
    snapshot = shop(products=many)
    seller = Seller(begin_products(snapshot), snapshot)
    assert len(seller.screen.buttons) == 44
    assert "15 produk lain" in worded(seller.screen.message)
    assert seller.say("produk 54").where() == ProductCard(ProductId("p54"))


def listing() -> Seller:
    snapshot = shop()
    return Seller(begin_products(snapshot), snapshot)


def _variants(seller: Seller) -> tuple[VariantDraft, ...]:
    step = seller.where()
    assert isinstance(step, AddingProduct)
    return step.draft.variants
