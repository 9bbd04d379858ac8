/// The clients and their options: what is not in a table is taken for an option without an argument.
extension SQLClient {
    /// psql(1) of PostgreSQL 18.
    static let psql = SQLClient(
        name: "psql", dialect: .postgres,
        options: [
            .init("c command", .required, .statement), .init("f file", .required, .file),
            .init("v set variable", .required, .variable),
            .init("o output", .required, .output), .init("L log-file", .required, .log), .init("d dbname", .required),
            .init("h host", .required), .init("p port", .required), .init("U username", .required), .init("P pset", .required),
            .init("F field-separator", .required), .init("R record-separator", .required), .init("T table-attr", .required),
            .init("X no-psqlrc", .none, .noStartFile), .init("S single-line", .none, .lines), .init("l list", .none, .ends),
            .init("V version", .none, .ends), .init("? help", .optional, .ends), .init("a echo-all"), .init("A no-align"),
            .init("b echo-errors"), .init("csv"), .init("e echo-queries"), .init("E echo-hidden"), .init("expanded x"),
            .init("field-separator-zero z"), .init("H html"), .init("n no-readline"), .init("no-password w"), .init("password W"),
            .init("quiet q"), .init("record-separator-zero 0"), .init("s single-step"), .init("single-transaction 1"),
            .init("t tuples-only"),
        ],
        sendsStatementsWhole: true, startVariables: ["PSQLRC", "HOME", "PGSYSCONFDIR"], pagerVariables: ["PAGER", "PSQL_PAGER"])

    /// mysql(1) of MySQL 8.4 and mariadb(1) of MariaDB 11.
    static let mysql = SQLClient(
        name: "mysql", dialect: .mysql,
        options: [
            .init("e execute", .required, .statement), .init("init-command", .required, .firstStatement),
            .init("init-command-add", .required, .firstStatement), .init("delimiter", .required, .delimiter),
            .init("tee", .required, .log), .init("pager", .optional, .pager), .init("named-commands G", .none, .namedCommands),
            .init("defaults-file", .required, .startFile), .init("defaults-extra-file", .required, .startFile),
            .init("default-character-set", .required, .encoding), .init("plugin-dir", .required, .library),
            .init("default-auth", .required, .library), .init("character-sets-dir", .required, .library),
            .init("V version", .none, .ends), .init("? help I", .none, .ends), .init("print-defaults", .none, .ends),
            .init("h host", .required), .init("u user", .required), .init("p password", .optional), .init("password1", .optional),
            .init("password2", .optional), .init("password3", .optional), .init("P port", .required),
            .init("S socket", .required),
            .init("D database", .required), .init("protocol", .required), .init("prompt", .required),
            .init("defaults-group-suffix", .required),
            .init("login-path", .required), .init("connect-timeout", .required), .init("max-allowed-packet", .required),
            .init("net-buffer-length", .required), .init("select-limit", .required), .init("max-join-size", .required),
            .init("bind-address", .required), .init("ssl-ca", .required), .init("ssl-capath", .required),
            .init("ssl-cert", .required),
            .init("ssl-cipher", .required), .init("ssl-key", .required), .init("ssl-crl", .required),
            .init("ssl-crlpath", .required),
            .init("ssl-mode", .required), .init("ssl-fips-mode", .required), .init("tls-version", .required),
            .init("tls-ciphersuites", .required), .init("server-public-key-path", .required),
            .init("compression-algorithms", .required),
            .init("zstd-compression-level", .required), .init("histignore", .required), .init("load-data-local-dir", .required),
            .init("dns-srv-name", .required), .init("oci-config-file", .required), .init("# debug", .optional),
            .init("local-infile", .optional),
        ],
        joinsStatements: true, startVariables: ["HOME", "MYSQL_HOME", "MARIADB_HOME", "MYSQL_GROUP_SUFFIX"])

    /// pgcli 4: no option for a statement but the one that runs first.
    static let pgcli = SQLClient(
        name: "pgcli", dialect: .postgres,
        options: [
            .init("c command", .required, .statement), .init("init-command", .required, .firstStatement),
            .init("f file", .required, .file),
            .init("pgclirc", .required, .startFile), .init("log-file", .required, .log), .init("h host", .required),
            .init("p port", .required), .init("U username u user", .required), .init("d dbname", .required),
            .init("D dsn", .required),
            .init("prompt", .required), .init("prompt-dsn", .required), .init("row-limit", .required),
            .init("ssh-tunnel", .required),
            .init("application-name", .required), .init("l list list-dsn", .none, .ends), .init("ping", .none, .ends),
            .init("v version help", .none, .ends),
        ], startVariables: ["HOME", "XDG_CONFIG_HOME"])

    static let mycli = SQLClient(
        name: "mycli", dialect: .mysql,
        options: [
            .init("e execute", .required, .statement), .init("init-command", .required, .firstStatement),
            .init("myclirc", .required, .startFile), .init("defaults-file", .required, .startFile),
            .init("l logfile", .required, .log),
            .init("charset", .required, .encoding), .init("character-set", .required, .encoding), .init("h host", .required),
            .init("P port", .required), .init("u user", .required), .init("S socket", .required),
            .init("p pass password", .required),
            .init("D database", .required), .init("d dsn", .required), .init("R prompt", .required),
            .init("g login-path", .required),
            .init("defaults-group-suffix", .required), .init("ssl-ca", .required), .init("ssl-key", .required),
            .init("ssl-cert", .required),
            .init("list-dsn", .none, .ends), .init("V version help", .none, .ends),
        ], joinsStatements: true, startVariables: ["HOME", "MYSQL_HOME"])

    static let litecli = SQLClient(
        name: "litecli", dialect: .sqlite,
        options: [
            .init("e execute", .required, .statement), .init("liteclirc", .required, .startFile),
            .init("l logfile", .required, .log),
            .init("D database", .required), .init("R prompt", .required), .init("V version help", .none, .ends),
        ], startVariables: ["HOME", "XDG_CONFIG_HOME"])

    /// usql talks to any server, and has the commands of psql.
    static let usql = SQLClient(
        name: "usql", dialect: .any,
        options: [
            .init("c command", .required, .statement), .init("f file", .required, .file),
            .init("v set variable N", .required, .variable),
            .init("o out", .required, .output), .init("config", .required, .startFile), .init("P pset", .required),
            .init("F field-separator", .required), .init("R record-separator", .required), .init("T table-attr", .required),
            .init("X no-rc no-psqlrc", .none, .noStartFile), .init("V version", .none, .ends), .init("help", .none, .ends),
        ], startVariables: ["HOME", "USQLRC", "USQL_RC"], pagerVariables: ["PAGER", "USQL_PAGER"])

    /// clickhouse-client and clickhouse-local. Each of the server's settings is an option besides.
    static let clickhouse = SQLClient(
        name: "clickhouse", dialect: .any,
        options: [
            .init("q query", .required, .statement), .init("queries-file", .required, .file),
            .init("C config config-file", .required, .startFile),
            .init("h host", .required), .init("port", .required), .init("u user", .required), .init("password", .optional),
            .init("d database", .required), .init("f format", .required), .init("log-level", .required),
            .init("param_x", .required),
            .init("pager", .required, .pager), .init("V version help", .none, .ends),
        ], startVariables: ["HOME"])

    static let cockroach = SQLClient(
        name: "cockroach", dialect: .postgres,
        options: [
            .init("e execute", .required, .statement), .init("f file", .required, .file), .init("set", .required, .variable),
            .init("watch", .required), .init("url", .required), .init("host", .required), .init("p port", .required),
            .init("u user", .required), .init("d database", .required), .init("format", .required), .init("certs-dir", .required),
            .init("cluster-name", .required), .init("help", .none, .ends),
        ], startVariables: ["HOME"])
}
