"""Texts as tokens: how many there are with BOS and EOS, and what they cost."""

from random import Random
from typing import Literal, Self

from examgen.families.attention._sentences import sentence, text_with_merges
from examgen.nn.tokens import Merge, split_text, split_word
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Asked = Literal["entries", "probabilities", "table"]
WIDTHS = (4, 5, 6, 8, 10, 12, 15, 16, 20, 25, 30, 50)
VOCABULARIES = (20, 30, 40, 50, 60, 80, 100, 120, 150, 200)


@family(
    title="A text as tokens",
    minutes=(2, 2, 3),
    tags=("lecture-20", "idea-tokenization"),
)
class TokenizeBosEos:
    """Numbers in X, in an embedding table, or probabilities of next tokens.

    Easy: one sentence, a token for each word. Medium: two sentences, whose words are the
    vocabulary. Hard: words cut into letters that `merges` join. `vocabulary` is the size of the
    vocabulary where it does not follow from the text, and else 0.
    """

    sentences: tuple[str, ...]
    asked: Asked
    width: int
    merges: tuple[Merge, ...] = ()
    vocabulary: int = 0

    stem = r"""
    <% if merges %>
    Before a transformer reads a text, each word is cut into its letters. Then the lines of this
    list are gone through in order. A line joins the two pieces into one wherever they stand next to
    each other within a word, from left to right:

    <% for left, right in merges %>
    << loop.index >>. << left >> + << right >> → << left ~ right >>
    <% endfor %>

    What is left are the tokens. A token BOS (beginning of sequence) is put in front of the whole
    text, and a token EOS (end of sequence) behind it. The text is *<< sentences[0] >>*.
    <% else %>
    A transformer reads sentences. Each word is a token. A token BOS (beginning of sequence) is put
    in front of each sentence, and a token EOS (end of sequence) behind it.
    <% if sentences | length == 1 %>
    The sentence is *<< sentences[0] >>*.
    <% else %>
    The sentences are

    <% for each in sentences %>
    * *<< each >>*
    <% endfor %>
    <% endif %>
    <% endif %>

    <% if asked != "entries" %>
    <% if vocabulary %>
    The vocabulary holds << vocabulary >> tokens, BOS and EOS among them.
    <% elif merges %>
    The vocabulary holds each letter of this text once, whether it was joined or not, the piece that
    each line of the list makes, and BOS and EOS.
    <% else %>
    The vocabulary holds each different word of these sentences once, and BOS and EOS.
    <% endif %>
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Sentences in which a word comes back; one of three things that depend on their tokens."""
        width = rng.choice(WIDTHS)
        if level == "easy":
            asked: Asked = rng.choice(["entries", "probabilities"])
            size = rng.choice(VOCABULARIES) if asked == "probabilities" else 0
            return cls((sentence(rng),), asked, width, vocabulary=size)
        asked = rng.choice(["entries", "probabilities", "table"])
        if level == "medium":
            return cls((sentence(rng), sentence(rng)), asked, width)
        text, merges = text_with_merges(rng)
        return cls((text,), asked, width, merges)

    def worth_asking(self) -> bool:
        """The sentences differ, and no two lines of the list make the same piece."""
        return all(len({*each}) == len(each) for each in (self.sentences, self.pieces))

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text, without BOS and EOS."""
        return split_text(text, self.merges) if self.merges else text.split()

    @property
    def texts(self) -> list[list[str]]:
        """The tokens of each sentence, without BOS and EOS."""
        return [self.tokens(each) for each in self.sentences]

    @property
    def written(self) -> list[str]:
        """The same for the worked solution; a bar parts the pieces of a text."""
        return [" | ".join(["BOS", *each, "EOS"]) for each in self.texts]

    @property
    def length(self) -> int:
        """The tokens of all sentences, without BOS and EOS."""
        return sum(map(len, self.texts))

    @property
    def rows(self) -> int:
        """The tokens of all sentences."""
        return self.length + 2 * len(self.sentences)

    @property
    def words(self) -> list[str]:
        """The different words, as they come first."""
        return list(dict.fromkeys(" ".join(self.sentences).split()))

    @property
    def letters(self) -> list[str]:
        """The different letters, as they come first."""
        return list(dict.fromkeys("".join(self.words)))

    @property
    def pieces(self) -> list[str]:
        """What the lines of the list make."""
        return [left + right for left, right in self.merges]

    @property
    def size(self) -> int:
        """How many tokens the vocabulary has."""
        own = [*self.letters, *self.pieces] if self.merges else self.words
        return self.vocabulary or len(own) + 2

    @property
    def work(self) -> Work:
        """A look at each token or letter, a count, a product."""
        looks = len("".join(self.words)) if self.merges else self.length
        counting = len(self.words) if self.asked != "entries" and not self.vocabulary else 0
        return Work(2, 2, looks + counting)

    def total(self, rows: int, size: int | None = None) -> int:
        """What is asked, for so many tokens read or predicted, or in the vocabulary."""
        size = self.size if size is None else size
        by_asked = {"entries": rows * self.width, "probabilities": rows * size}
        return by_asked.get(self.asked, size * self.width)

    def of_lengths(self, lengths: list[int]) -> int:
        """What is asked for sentences of so many tokens with BOS and EOS; X has them all as rows.

        Every token but the first of each sentence is predicted.
        """
        return self.total(sum(lengths) - (self.asked == "probabilities") * len(lengths))

    def with_ends(self, ends: int) -> int:
        """What is asked if so many of BOS and EOS were there."""
        if self.asked == "table":
            return self.total(0, self.size - 2 + ends)
        return self.of_lengths([len(each) + ends for each in self.texts])

    @part(
        "<% if asked == 'entries' %>"
        "Each token becomes a row of a matrix $X$ with << width >> entries. How many entries "
        "<< 'do the matrices of the two sentences have together' if sentences | length > 1 "
        "else 'does $X$ have' >>?"
        "<% elif asked == 'table' %>"
        "The embedding table holds a vector with << width >> entries for each token of the "
        "vocabulary. How many numbers does it hold?"
        "<% else %>"
        "In training each token that has another one before it"
        "<< '' if merges else ' in its sentence' >> is predicted from those before it: the "
        "transformer gives a probability for every token of the vocabulary. How many probabilities "
        "does it give<< ' for both sentences together' if sentences | length > 1 else '' >>?"
        "<% endif %>",
        points=1,
        counts=True,
    )
    def count(self) -> int:
        """n d, (n − 1) V or V d, n the tokens with BOS and EOS, V those of the vocabulary."""
        return self.with_ends(2)

    @count.misconception("You forgot BOS and EOS; they are tokens like the others.")
    def forgets_begin_and_end(self) -> int:
        """n − 2 for n."""
        return self.with_ends(0)

    @count.misconception(
        "<% if asked == 'probabilities' %>"
        "You predicted too few tokens. The first << 'token' if merges else 'word' >> is predicted, "
        "from BOS alone, and so is EOS."
        "<% else %>"
        "You counted only one of BOS and EOS; both are tokens."
        "<% endif %>"
    )
    def counts_one_of_begin_and_end(self) -> int:
        """n − 1 for n."""
        return self.with_ends(1)

    @count.misconception(
        "You had BOS predicted as well. It has no token before it: everything else is predicted."
    )
    def predicts_the_first_token_too(self) -> int | None:
        """n for n − 1."""
        return self.with_ends(3) if self.asked == "probabilities" else None

    @count.misconception(
        "You counted a token that comes back only once. In the vocabulary it stands once, but "
        "here every one counts, wherever it stands."
    )
    def counts_different_tokens(self) -> int | None:
        """The different tokens of each sentence."""
        if self.asked == "table":
            return None
        return self.of_lengths([len({*each}) + 2 for each in self.texts])

    @count.misconception(
        "You counted the << 'pieces' if merges else 'words' >> of the text. The vocabulary holds "
        "each token once, however often it is used."
    )
    def counts_repeated_tokens(self) -> int | None:
        """The tokens of the text for the vocabulary."""
        return self.total(0, self.length + 2) if self.asked == "table" else None

    @count.misconception(
        "You counted BOS and EOS for each sentence. In the vocabulary each of them stands once."
    )
    def repeats_begin_and_end(self) -> int | None:
        """Two more for each further sentence."""
        if self.asked != "table" or len(self.sentences) == 1:
            return None
        return self.with_ends(2 * len(self.sentences))

    @count.misconception(
        "You put BOS and EOS around both sentences together. Each sentence has its own."
    )
    def marks_the_text_once(self) -> int | None:
        """One long sentence."""
        if self.asked == "table" or len(self.sentences) == 1:
            return None
        return self.of_lengths([self.length + 2])

    @count.misconception("You counted the spaces; here only words are tokens.")
    def counts_the_spaces(self) -> int | None:
        """A token more for each gap between two words."""
        if self.asked == "table" or self.merges:
            return None
        return self.of_lengths([2 * len(each) - 1 + 2 for each in self.texts])

    @count.misconception(
        "You counted a space as a token of the vocabulary; here only words, BOS and EOS are."
    )
    def adds_the_space_to_the_vocabulary(self) -> int | None:
        """V + 1 for V."""
        if self.merges or self.vocabulary or self.asked == "entries":
            return None
        if self.asked == "table":
            return self.total(0, self.size + 1)
        return self.total(self.rows - len(self.sentences), self.size + 1)

    @count.misconception(
        "You left BOS and EOS out of the vocabulary, but they are among its tokens."
    )
    def leaves_begin_and_end_out_of_the_vocabulary(self) -> int | None:
        """V − 2 for V; where the size is given, nobody subtracts."""
        if self.asked != "probabilities" or self.vocabulary:
            return None
        return self.total(self.rows - len(self.sentences), self.size - 2)

    @count.misconception(
        "You added BOS and EOS to the << vocabulary >> tokens, but they are among them."
    )
    def adds_begin_and_end_to_the_vocabulary(self) -> int | None:
        """V + 2 for V."""
        if not self.vocabulary:
            return None
        return self.total(self.rows - len(self.sentences), self.size + 2)

    @count.misconception("You took whole words for tokens; here they are cut into pieces.")
    def takes_whole_words(self) -> int | None:
        """A token for each word."""
        if not self.merges:
            return None
        if self.asked == "table":
            return self.total(0, len(self.words) + 2)
        return self.of_lengths([len(each.split()) + 2 for each in self.sentences])

    @count.misconception("You counted letters; where some of them are joined, they are one token.")
    def joins_nothing(self) -> int | None:
        """A token for each letter."""
        if not self.merges or self.asked == "table":
            return None
        return self.of_lengths([len(each.replace(" ", "")) + 2 for each in self.sentences])

    @count.misconception(
        "You stopped after the first line of the list; the lines after it join pieces as well."
    )
    def joins_by_the_first_line_only(self) -> int | None:
        """One merge of them all."""
        if not self.merges or self.asked == "table":
            return None
        split = [split_text(each, self.merges[:1]) for each in self.sentences]
        return self.of_lengths([len(each) + 2 for each in split])

    @count.misconception(
        "You joined each pair only once. A line of the list applies wherever its pair stands."
    )
    def joins_each_pair_once(self) -> int | None:
        """A merge for each line."""
        if not self.merges or self.asked == "table":
            return None
        letters = sum(len(each.replace(" ", "")) for each in self.sentences)
        return self.of_lengths([letters - len(self.merges) + 2])

    @count.misconception(
        "You left out the pieces that are made by joining; they are tokens of the vocabulary, too."
    )
    def forgets_the_joined(self) -> int | None:
        """Letters, BOS and EOS alone."""
        if not self.merges or self.asked == "entries":
            return None
        return self.total(self.rows - 1, len(self.letters) + 2)

    @count.misconception(
        "You kept only those tokens that are left in this text. The letters stay in the "
        "vocabulary, and so does every piece that the list makes."
    )
    def drops_what_was_joined(self) -> int | None:
        """The different tokens of the text, BOS and EOS."""
        if not self.merges or self.asked == "entries":
            return None
        return self.total(self.rows - 1, len({*self.texts[0]}) + 2)

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Each word and its pieces, for the worked solution."""
        words = " ".join(self.sentences).split()
        return [(word, " | ".join(split_word(word, self.merges))) for word in words]
