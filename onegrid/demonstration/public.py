"""What others may use of the demonstration."""

from onegrid.demonstration.actions.simulate_cases import is_simulated, simulate_cases

__all__ = ["is_simulated", "simulate_cases"]
