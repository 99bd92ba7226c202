# SPDX-License-Identifier: Apache-2.0
"""Warehouses of each engine for the Python tests: where one lies, whether anything is in it, how to be rid of it."""
import os
import subprocess

import program


class Warehouses:
    """Warehouses by name: files in `folder`, or databases of the test's PostgreSQL server."""

    def __init__(self, engine, folder):
        self.engine, self.folder = engine, folder
        self.made = set()

    def url(self, name):
        if self.engine != "postgres":
            return f"{self.engine}:{name}"
        database = self.database(name)
        if name not in self.made:
            self.made.add(name)
            self.server("postgres", f'create database "{database}"')
        return program.postgres_url().replace("/postgres?", f"/{database}?")

    def is_begun(self, name):
        if self.engine != "postgres":
            return (self.folder / name).exists()
        found = self.server(self.database(name), "select count(*) from information_schema.tables where table_name = '_fivetran_sim_connection'")
        return found == "1"

    def drop(self, name):
        if self.engine != "postgres":
            for path in self.folder.glob(f"{name}*"):
                path.unlink()
        elif name in self.made:
            self.made.remove(name)
            self.server("postgres", f'drop database "{self.database(name)}" with (force)')

    def drop_all(self):
        for name in list(self.made):
            self.drop(name)

    @staticmethod
    def database(name):
        return f"{name}_{os.getpid()}"

    @staticmethod
    def server(database, sql):
        url = program.postgres_url().replace("/postgres?", f"/{database}?")
        done = subprocess.run(["psql", url, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True, check=True)
        return done.stdout.strip()
