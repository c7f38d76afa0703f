"""How many requests a web process takes at one time; for the process and for whoever starts it."""

from config.settings import environment as env

HANDS = env.number("ONEGRID_WEB_THREADS", 8)
WAITING = env.number("ONEGRID_WEB_WAITING", 32, least=0)
TO_TURN_AWAY = 8  # threads that tell all others to come back
