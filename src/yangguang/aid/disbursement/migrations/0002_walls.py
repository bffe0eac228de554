"""Walls of batches and instructions."""

from django.db import migrations

from yangguang.foundation.walls.operations import FollowArea, Guard


class Migration(migrations.Migration):
    dependencies = [("disbursement", "0001_initial"), ("registry", "0002_walls")]

    operations = [
        Guard("disbursement_batch"),
        Guard("disbursement_instruction"),
        FollowArea("disbursement_instruction", "registry_household", "household_id"),
    ]
