"""Data on a grid, in which neighbours belong together and a pattern may stand anywhere."""

from examgen.families.concepts._scenarios.scenario import Scenario

SCENARIOS = (
    Scenario(
        "photos_of_animals",
        "Photos of cats and dogs, taken from near and far; predict which animal is in the photo",
        "An ear is made of neighbouring pixels and looks the same wherever it is in the photo.",
    ),
    Scenario(
        "scans_of_lungs",
        "X-ray images of lungs, in which a small bright spot may be anywhere; predict whether "
        "there is one",
        "A spot is a local pattern, and it means the same at every position.",
    ),
    Scenario(
        "satellite_images",
        "Satellite images of coasts; predict for every pixel whether it shows land or water",
        "What a pixel shows is told by its neighbours, in the same way everywhere.",
    ),
    Scenario(
        "scratches_on_metal",
        "Camera images of sheets of metal on a conveyor belt; find scratches a few pixels wide",
        "A scratch is a small pattern of neighbouring pixels that may be anywhere.",
    ),
    Scenario(
        "handwritten_digits",
        "Small grey images of handwritten digits, not all of them centred; predict the digit",
        "Strokes are made of neighbouring pixels, and a shifted digit is still the same digit.",
    ),
    Scenario(
        "street_cameras",
        "Pictures from a street camera; count the cars in them",
        "A car looks the same in every corner of the picture, and its pixels lie together.",
    ),
    Scenario(
        "heartbeats",
        "A heart's voltage, measured many times a second; find short beats of an unusual form, "
        "whenever they occur",
        "The samples form a grid in time: a beat is a short pattern of neighbouring samples, and "
        "means the same at every moment.",
        subtle=True,
    ),
    Scenario(
        "engine_vibrations",
        "The vibration of an engine, sampled many times a second; detect a click that a broken "
        "tooth makes now and then",
        "A click is a pattern of a few neighbouring samples that may occur at any time.",
        subtle=True,
    ),
    Scenario(
        "volumes_of_tissue",
        "Volumes of 64 × 64 × 64 voxels from a scanner; find nodules a few voxels wide",
        "A grid may have three axes: a nodule is a local pattern that may be anywhere.",
        subtle=True,
    ),
    Scenario(
        "temperature_maps",
        "Maps with the temperature at each point of a regular grid over an ocean; find eddies, "
        "wherever they are",
        "Numbers on a map are like pixels: an eddy is a pattern of neighbouring points.",
        subtle=True,
    ),
)
