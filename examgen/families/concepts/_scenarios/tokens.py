"""Sequences of tokens, in which what one means may hang on another far away."""

from examgen.families.concepts._scenarios.scenario import Scenario

SCENARIOS = (
    Scenario(
        "translated_sentences",
        "Sentences in English with their translations; translate new ones",
        "Words are tokens, and which word is meant may hang on one at the other end.",
    ),
    Scenario(
        "next_words",
        "Novels, cut into words; predict the next word from all words before it in the chapter",
        "A name many pages back may decide the next word: any token may depend on any other.",
    ),
    Scenario(
        "pronouns",
        "News articles; tell for every *he*, *she* and *it* which earlier name is meant",
        "A pronoun has to find a name that may be one or a hundred words away.",
    ),
    Scenario(
        "questions_on_texts",
        "Questions, each with a page of text in which the answer stands; find the answer",
        "The words of the question have to be compared with all words of the page.",
    ),
    Scenario(
        "summaries",
        "Long reports with summaries of three sentences; summarise new reports",
        "What belongs in a summary is told by words in all parts of the report.",
    ),
    Scenario(
        "chat_replies",
        "Conversations; write the next reply, which may take up anything said before",
        "A reply may hang on any earlier word, however far back.",
    ),
    Scenario(
        "program_code",
        "The text of computer programs; complete a line in which variables from anywhere above may "
        "be used",
        "A program is a sequence of tokens; a variable may be defined hundreds of lines above.",
        subtle=True,
    ),
    Scenario(
        "matching_brackets",
        "Strings of a thousand brackets of three kinds; tell for each closing bracket which one it "
        "closes",
        "The partner of a bracket may be the one before it or the first of all.",
        subtle=True,
    ),
    Scenario(
        "chess_games",
        "Chess games, written down move by move; predict the next move from all moves so far",
        "Moves are tokens, and the very first one may still matter for the next.",
        subtle=True,
    ),
    Scenario(
        "prescriptions",
        "What was prescribed to a patient over years, in order; warn if any two drugs, however far "
        "apart, do not go together",
        "Entries are tokens of a sequence, and every two of them have to be compared.",
        subtle=True,
    ),
)
