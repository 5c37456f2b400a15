"""What each station asks before it shows: a question, where in the API its answer stands, and how the page shows it.

No answer is written here. A question names a call with its request, and the address of a number in what that call
answers; texts may hold such addresses in braces.
"""

from core.lecture.calculus_questions import CALCULUS_QUESTIONS
from core.lecture.network_questions import NETWORK_QUESTIONS

QUESTIONS = (*CALCULUS_QUESTIONS, *NETWORK_QUESTIONS)
