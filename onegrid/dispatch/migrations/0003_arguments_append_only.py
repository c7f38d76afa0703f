from django.db import migrations

# What was said in a dispute stays said: the database refuses what the application must never ask.
FORWARD = """
CREATE FUNCTION dispatch_argument_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'arguments are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER dispatch_argument_is_kept BEFORE UPDATE OR DELETE ON dispatch_argument
    FOR EACH ROW EXECUTE FUNCTION dispatch_argument_is_append_only();
CREATE TRIGGER dispatch_argument_is_not_emptied BEFORE TRUNCATE ON dispatch_argument
    FOR EACH STATEMENT EXECUTE FUNCTION dispatch_argument_is_append_only();
"""
BACKWARD = """
DROP TRIGGER dispatch_argument_is_not_emptied ON dispatch_argument;
DROP TRIGGER dispatch_argument_is_kept ON dispatch_argument;
DROP FUNCTION dispatch_argument_is_append_only();
"""


class Migration(migrations.Migration):
    """Let the database hold the promise that nobody changes or deletes an argument."""

    dependencies = [("dispatch", "0002_disputes")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
