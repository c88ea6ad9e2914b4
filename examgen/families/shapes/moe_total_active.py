"""Parameters of a mixture of experts: how many there are, and how many one token uses."""

from random import Random
from typing import Literal, Self

from examgen.nn.counting import attention_parameters, feed_forward_parameters, mixture_parameters
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work


@family(
    title="A mixture of experts",
    minutes=(2, 3, 3),
    tags=(
        "lecture-16",
        "idea-experts",
    ),
)
class MoeTotalActive:
    """Experts behind a router; with attention that all tokens share; in several layers."""

    asked: Literal["total", "active"]
    width: int
    hidden: int
    experts: int
    chosen: int
    has_attention: bool
    layers: int = 1

    stem = r"""
    In a mixture of experts, a router gives each of $E = << experts >>$ experts a score for every
    token, and the $k = << chosen >>$ experts with the highest scores process the token.
    <% if has_attention %>
    << "Each of the " ~ layers ~ " layers" if layers > 1 else "One layer" >> of a transformer has:

    - attention that every token passes through: four matrices of
      $<< width >> \times << width >>$;
    <% else %>
    One such layer has:

    <% endif %>
    - a router: one matrix of $<< width >> \times << experts >>$;
    - << experts >> experts, each of two matrices, from << width >> to << hidden >> features and
      back.

    There are **no** biases, and nothing else has parameters.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Small widths; never all experts chosen."""
        experts = rng.choice([4, 5, 6, 8])
        chosen = rng.choice([2, 3] if experts > 4 else [2])
        width = rng.choice([each for each in (4, 5, 6, 8, 10) if each != experts])
        hidden = rng.choice([each for each in (10, 12, 15, 16, 20) if each not in (width, experts)])
        layers = rng.choice([2, 3, 4]) if level == "hard" else 1
        asked: Literal["total", "active"] = rng.choice(["total", "active"])
        return cls(asked, width, hidden, experts, chosen, level != "easy", layers)

    @property
    def expert(self) -> int:
        """The parameters of one expert."""
        return feed_forward_parameters(self.width, self.hidden, bias=False)

    @property
    def router(self) -> int:
        """The parameters of the router."""
        return self.width * self.experts

    @property
    def shared(self) -> int:
        """The parameters of attention; 0 without."""
        if not self.has_attention:
            return 0
        return attention_parameters(self.width, output=True)

    @property
    def running(self) -> int:
        """The experts that are asked about: all that are stored, or those that one token uses."""
        return self.experts if self.asked == "total" else self.chosen

    @property
    def layer(self) -> int:
        """What is asked of one layer."""
        return self.count(self.running)

    def count(self, experts: int) -> int:
        """One layer's parameters, with so many experts."""
        return mixture_parameters(self.expert, experts, router=self.router, shared=self.shared)

    @property
    def work(self) -> Work:
        """A product for each matrix, and their sum."""
        return Work(4 + self.has_attention * 2 + (self.layers > 1), 1 + self.has_attention, 4)

    @part(
        "How many parameters << 'are there in total' if asked == 'total' else "
        "'does one token use' >><< ' in all layers together' if layers > 1 else '' >>, "
        '<< "the routers\'" if layers > 1 else "the router\'s" >> included?',
        points=1,
        counts=True,
    )
    def parameters(self) -> int:
        """L · (shared + router + E or k experts)."""
        return self.layers * self.layer

    @parameters.misconception(
        "You counted all << experts >> experts. A token uses the << chosen >> that the router "
        "chooses.",
        typical=True,
    )
    def activates_all_experts(self) -> int | None:
        """E for k."""
        return self.layers * self.count(self.experts) if self.asked == "active" else None

    @parameters.misconception(
        "You counted the << chosen >> experts that one token uses. All << experts >> are stored.",
        typical=True,
    )
    def stores_the_chosen_only(self) -> int | None:
        """k for E."""
        return self.layers * self.count(self.chosen) if self.asked == "total" else None

    @parameters.misconception("You counted one expert; the router chooses << chosen >>.")
    def activates_one_expert(self) -> int | None:
        """1 for k."""
        return self.layers * self.count(1) if self.asked == "active" else None

    @parameters.misconception(
        "You left the router out; its << width >> × << experts >> matrix is used for every token."
    )
    def forgets_the_router(self) -> int:
        """shared + experts."""
        return self.layers * (self.layer - self.router)

    @parameters.misconception(
        "You gave the router one parameter for each expert. It has a weight for each feature and "
        "each expert."
    )
    def gives_the_router_one_weight_each(self) -> int:
        """E for d·E."""
        return self.layers * (self.layer - self.router + self.experts)

    @parameters.misconception(
        "You cut the router down to the chosen experts. It must score all << experts >> before it "
        "can choose."
    )
    def shrinks_the_router(self) -> int | None:
        """d·k for d·E."""
        if self.asked == "total":
            return None
        return self.layers * (self.layer - self.width * (self.experts - self.chosen))

    @parameters.misconception(
        "You took $<< chosen >>/<< experts >>$ of all parameters. Only experts are chosen; "
        "attention and router are used as a whole."
    )
    def takes_the_share_of_everything(self) -> int | None:
        """k/E of all, where that is a count; without attention that is to shrink the router."""
        if self.asked == "total" or not self.has_attention:
            return None
        share, rest = divmod(self.chosen * self.layers * self.count(self.experts), self.experts)
        return None if rest else share

    @parameters.misconception(
        "You gave every expert a router of its own; one router scores them all."
    )
    def gives_every_expert_a_router(self) -> int:
        """The router E or k times."""
        return self.layers * (self.layer + (self.running - 1) * self.router)

    @parameters.misconception(
        "You gave every expert an attention of its own. There is one that all tokens pass through."
    )
    def gives_every_expert_attention(self) -> int | None:
        """The shared part E or k times."""
        if not self.has_attention:
            return None
        return self.layers * (self.layer + (self.running - 1) * self.shared)

    @parameters.misconception("You left attention out; every token passes through it.")
    def leaves_attention_out(self) -> int | None:
        """Router and experts."""
        return self.layers * (self.layer - self.shared) if self.has_attention else None

    @parameters.misconception("You took three matrices for attention; it has four of them here.")
    def forgets_the_output_projection(self) -> int | None:
        """3d² for 4d²."""
        if not self.has_attention:
            return None
        return self.layers * (self.layer - self.width * self.width)

    @parameters.misconception(
        "You counted one of an expert's two matrices; it goes to << hidden >> features and back."
    )
    def counts_one_feed_forward_layer(self) -> int:
        """df for 2df."""
        return self.layers * (self.layer - self.running * self.width * self.hidden)

    @parameters.misconception(
        "You counted an expert too many: the router's choice is << chosen >> experts, and no other "
        "expert processes the token."
    )
    def counts_an_expert_too_many(self) -> int | None:
        """k + 1 for k."""
        return self.layers * self.count(self.chosen + 1) if self.asked == "active" else None

    @parameters.misconception("You counted biases for the experts, but there are none.")
    def adds_a_bias_unasked(self) -> int:
        """f + d more for each expert."""
        return self.layers * (self.layer + self.running * (self.hidden + self.width))

    @parameters.misconception("You counted one layer; there are << layers >>.")
    def counts_one_block(self) -> int | None:
        """1 for L."""
        return self.layer if self.layers > 1 else None
