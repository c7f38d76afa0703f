"""How long a call may run, who may issue it, and what is wrong with one."""
