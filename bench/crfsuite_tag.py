"""CRFsuite as a whole process beside ner tag: `train FEATURES CORPUS MODEL`, or `tag FEATURES MODEL TEXT`.

FEATURES is `word`, the word alone, as the network beside it reads, or `tutorial`, those that python-crfsuite's tutorial
on named entities gives a token and its neighbours, without parts of speech. Tagging reads a sentence a line, blanks between
tokens, and writes a token and its tag a line, as ner tag does.
"""

import sys

import pycrfsuite


def own(word, place):
    return [
        place + "lower=" + word.lower(),
        place + "title=%s" % word.istitle(),
        place + "upper=%s" % word.isupper(),
    ]


def tutorial(words):
    found = []
    for i, word in enumerate(words):
        features = ["bias", "suffix3=" + word[-3:], "suffix2=" + word[-2:], "digit=%s" % word.isdigit()]
        features += own(word, "")
        features += own(words[i - 1], "-1:") if i > 0 else ["BOS"]
        features += own(words[i + 1], "+1:") if i + 1 < len(words) else ["EOS"]
        found.append(features)
    return found


FEATURES = {"word": lambda words: [[word] for word in words], "tutorial": tutorial}


def train(features, corpus, model):
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"max_iterations": 10})
    for sentence in open(corpus, encoding="utf-8").read().strip().split("\n\n"):
        words, tags = zip(*(line.split("\t") for line in sentence.split("\n")))
        trainer.append(features(words), tags)
    trainer.train(model)


def tag(features, model, text):
    tagger = pycrfsuite.Tagger()
    tagger.open(model)
    for line in open(text, encoding="utf-8"):
        words = line.split()
        tags = tagger.tag(features(words))
        sys.stdout.write("".join("%s\t%s\n" % pair for pair in zip(words, tags)) + "\n")


if __name__ == "__main__":
    command, features, *files = sys.argv[1:]
    {"train": train, "tag": tag}[command](FEATURES[features], *files)
