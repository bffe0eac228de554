"""Staff and the posts they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from yangguang.foundation.divisions.models import Area, Organisation


class Staff(AbstractBaseUser):
    """A person who works with the system."""

    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("在岗", default=True)
    is_demo = models.BooleanField("演示人员", default=False)

    USERNAME_FIELD = "username"
    objects = BaseUserManager["Staff"]()

    class Meta:
        verbose_name = "工作人员"


class PostQuerySet(models.QuerySet["Post"]):
    """Adjectives of posts."""

    def held(self, on: object) -> "PostQuerySet":
        """Keep posts held on a date."""
        return self.standing(on).filter(from_date__lte=on)

    def standing(self, on: object) -> "PostQuerySet":
        """Keep posts held on a date or to come."""
        return self.filter(models.Q(until_date=None) | models.Q(until_date__gt=on))

    def within(self, scope: str) -> "PostQuerySet":
        """Keep posts whose area lies within a scope, a code prefix; an empty scope keeps none."""
        return self.filter(area__gte=scope, area__lt=scope + ":") if scope else self.none()


class Post(models.Model):
    """A role at an area, perhaps in a department, from a date until a date: what gives scope."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts")
    role = models.CharField("岗位", max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="辖区")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name="部门"
    )
    from_date = models.DateField("到岗日期")
    until_date = models.DateField("离岗日期", null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegates",
        verbose_name="委托自",
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_start",
                # The same day is a post that was ended before it was ever held.
                condition=models.Q(until_date=None)
                | models.Q(until_date__gte=models.F("from_date")),
            ),
            models.CheckConstraint(
                name="delegation_ends",
                condition=models.Q(delegated_from=None) | models.Q(until_date__isnull=False),
            ),
        ]
