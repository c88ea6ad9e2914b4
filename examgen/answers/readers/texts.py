"""Whether two texts have the same words."""


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words, whatever the case and the punctuation around them."""
    return one == other or words(one) == words(other)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without the punctuation around them."""
    stripped = (word.strip(".,;:!?\"'()*$`") for word in text.casefold().split())
    return [word for word in stripped if word]
