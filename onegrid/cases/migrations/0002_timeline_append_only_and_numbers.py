from django.db import migrations

# The timeline is append-only (DESIGN §4): the database refuses what the application must never ask.
FORWARD = """
CREATE FUNCTION cases_timeline_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the timeline is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER cases_timelineentry_is_kept BEFORE UPDATE OR DELETE ON cases_timelineentry
    FOR EACH ROW EXECUTE FUNCTION cases_timeline_is_append_only();
CREATE TRIGGER cases_timelineentry_is_not_emptied BEFORE TRUNCATE ON cases_timelineentry
    FOR EACH STATEMENT EXECUTE FUNCTION cases_timeline_is_append_only();
CREATE SEQUENCE cases_case_number AS bigint MINVALUE 1 MAXVALUE 999999 CYCLE;
"""
BACKWARD = """
DROP SEQUENCE cases_case_number;
DROP TRIGGER cases_timelineentry_is_not_emptied ON cases_timelineentry;
DROP TRIGGER cases_timelineentry_is_kept ON cases_timelineentry;
DROP FUNCTION cases_timeline_is_append_only();
"""


class Migration(migrations.Migration):
    """Let the database hold the timeline's promise, and count case numbers without a lock."""

    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
