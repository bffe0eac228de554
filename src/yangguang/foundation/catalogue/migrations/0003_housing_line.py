"""The housing-area line is a kind of policy of its own."""

from django.db import migrations, models

_CHOICES = [
    ("standard", "保障标准"),
    ("property_limit", "财产限额"),
    ("income_line", "人均可支配收入"),
    ("housing_line", "住房面积标准"),
    ("index_model", "救助指数模型"),
    ("aid_item", "救助事项"),
    ("calendar", "工作日历"),
    ("review_cycle", "复核周期"),
]
_KINDS = [code for code, _ in _CHOICES]


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_immutable")]

    operations = [
        migrations.AlterField(
            "policy",
            "kind",
            models.CharField("类别", max_length=30, choices=_CHOICES),
        ),
        migrations.RemoveConstraint("policy", "policy_kind"),
        migrations.AddConstraint(
            "policy",
            models.CheckConstraint(name="policy_kind", condition=models.Q(kind__in=_KINDS)),
        ),
    ]
