# review: native 2026-11-25

### One question with its answer. Questions and answers stand in help.ftl.

# row · owner · max 18 characters
answer-call-row = Talk to a person

# row · owner · max 18 characters
answer-why = Why it is limited

# row · owner · max 18 characters
answer-pay = Show the code

# row that leads to the page where it is said · owner · max 18 characters
answer-send = Say it here
