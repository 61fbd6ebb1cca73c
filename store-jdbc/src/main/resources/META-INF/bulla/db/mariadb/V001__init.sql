-- Bulla, schema version 1, MariaDB. Another table prefix: replace every "bulla_".
-- Safe to run again: what exists stays. Times are epoch milliseconds.

create table if not exists bulla_schema (
    id          integer primary key,
    version     integer not null,
    environment varchar(255),
    probe       bigint not null
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_connection (
    id          varchar(64) primary key,
    tenant      varchar(190) not null,
    name        varchar(255) not null,
    provider    varchar(64) not null,
    mode        varchar(64) not null,
    enabled     boolean not null,
    complete    boolean not null,
    required    boolean not null,
    revision    bigint not null,
    app_id      varchar(64),
    scopes      longtext not null,
    settings    longtext not null,
    sealed      longblob,
    host_term   integer,
    seal_no     bigint not null,
    row_version bigint not null,
    attempt     varchar(64) not null,
    rules_no    bigint not null default 0,
    connects    bigint not null,
    parked      boolean not null default false,
    created_at  bigint not null,
    changed_at  bigint not null,
    unique (tenant, name),
    index bulla_connection_term (host_term),
    index bulla_connection_parked (parked, enabled, complete)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_app (
    id            varchar(64) primary key,
    tenant        varchar(190) not null,
    connection_id varchar(64) not null,
    client_id     varchar(1024) not null,
    sealed        longblob,
    host_term     integer,
    seal_no       bigint not null,
    retired       boolean not null,
    created_at    bigint not null,
    index bulla_app_connection (connection_id),
    index bulla_app_term (host_term)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_member (
    tenant                varchar(190) not null,
    member                varchar(255) not null,
    key_no                integer not null,
    key_number            integer,
    key_public            varchar(1024),
    key_mac               varchar(255),
    key_mac_term          integer,
    key_previous          longblob,
    key_previous_term     integer,
    key_created_at        bigint,
    offered_number        integer,
    offered_public        varchar(1024),
    offered_mac           varchar(255),
    offered_mac_term      integer,
    offered_previous      longblob,
    offered_previous_term integer,
    offered_created_at    bigint,
    row_version           bigint not null,
    attempt               varchar(64) not null,
    changed_at            bigint not null,
    primary key (tenant, member),
    index bulla_member_key (tenant, key_public(64)),
    index bulla_member_offer (tenant, offered_public(64)),
    index bulla_member_key_term (key_mac_term),
    index bulla_member_key_previous (key_previous_term),
    index bulla_member_offer_term (offered_mac_term),
    index bulla_member_offer_previous (offered_previous_term)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_grant (
    id           varchar(64) primary key,
    tenant       varchar(190) not null,
    member       varchar(255) not null,
    key_no       integer not null,
    tools        longtext not null,
    connections  longtext not null,
    sealed       longblob not null,
    host_term    integer not null,
    created_at   bigint not null,
    expires_at   bigint not null,
    last_used_at bigint,
    index bulla_grant_member (tenant, member, created_at),
    index bulla_grant_end (expires_at),
    index bulla_grant_term (host_term)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_account (
    id              varchar(64) primary key,
    tenant          varchar(190) not null,
    member          varchar(255) not null,
    connection_id   varchar(64) not null,
    label           varchar(190) not null,
    app_id          varchar(64) not null,
    status          varchar(64) not null,
    reason          varchar(255),
    subject         varchar(512),
    display_name    varchar(512),
    scopes          longtext not null,
    attributes      longtext not null,
    sealed          longblob,
    host_term       integer,
    seal_no         bigint not null,
    key_no          integer not null,
    member_key_no   integer not null,
    claim_by        varchar(64) not null,
    claim_until     bigint not null,
    intent          varchar(255),
    intent_at       bigint,
    intent_attempts integer not null,
    expires_at      bigint,
    refresh_at      bigint,
    refresh_by      bigint,
    look_at         bigint,
    parked          boolean not null default false,
    last_used_at    bigint,
    row_version     bigint not null,
    attempt         varchar(64) not null,
    connected_at    bigint not null,
    created_at      bigint not null,
    changed_at      bigint not null,
    unique (tenant, member, connection_id, label),
    index bulla_account_due (key_no, parked, refresh_at, id),
    index bulla_account_look (look_at, id),
    index bulla_account_connection (connection_id, parked, id),
    index bulla_account_subject (app_id, subject(191), tenant),
    index bulla_account_change (changed_at, id),
    index bulla_account_term (host_term)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_flow (
    id            varchar(64) primary key,
    tenant        varchar(190) not null,
    member        varchar(255) not null,
    kind          varchar(64) not null,
    connection_id varchar(64) not null,
    browser       varchar(64) not null,
    sealed        longblob not null,
    host_term     integer not null,
    taken_by      varchar(64),
    created_at    bigint not null,
    expires_at    bigint not null,
    ends_at       bigint not null,
    index bulla_flow_member (tenant, member, kind),
    index bulla_flow_connection (connection_id),
    index bulla_flow_end (ends_at),
    index bulla_flow_term (host_term)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_bucket (
    tenant  varchar(190) not null,
    bucket  varchar(64) not null,
    full_at bigint not null,
    primary key (tenant, bucket),
    index bulla_bucket_full (full_at)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_entity (
    tenant        varchar(190) not null,
    connection_id varchar(64) not null,
    kind          varchar(64) not null,
    id            varchar(255) not null,
    name          varchar(512) not null,
    folded        varchar(512) not null,
    attributes    longtext not null,
    gone          boolean not null,
    seen_at       bigint not null,
    row_version   bigint not null,
    primary key (tenant, connection_id, kind, id)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_tool (
    tenant        varchar(190) not null,
    connection_id varchar(64) not null,
    purpose       varchar(64) not null,
    name          varchar(64) not null,
    body          longtext,
    primary key (tenant, connection_id, purpose, name)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_audit (
    id              varchar(64) primary key,
    made_at         bigint not null,
    tenant          varchar(190) not null,
    member          varchar(255) not null,
    connection_name varchar(255) not null,
    tool            varchar(255) not null,
    session_id      varchar(255) not null,
    grant_id        varchar(255) not null,
    action          varchar(64) not null,
    is_use          boolean not null,
    allowed         boolean not null,
    policies        longtext not null,
    details         longtext not null,
    index bulla_audit_entry (tenant, id),
    index bulla_audit_member (tenant, member, id),
    index bulla_audit_connection (tenant, connection_name, id)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_policy (
    tenant        varchar(190) not null,
    connection_id varchar(64) not null,
    id            varchar(64) not null,
    version       bigint not null,
    latest        boolean not null,
    set_name      varchar(190) not null,
    body          longtext,
    author        varchar(190) not null,
    attempt       varchar(64) not null,
    created_at    bigint not null,
    primary key (connection_id, id, version),
    index bulla_policy_latest (connection_id, latest)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_webhook (
    id            varchar(64) primary key,
    tenant        varchar(190) not null,
    connection_id varchar(64) not null,
    sealed        longblob,
    host_term     integer,
    seal_no       bigint not null,
    accepted      bigint not null,
    refused       bigint not null,
    accepted_at   bigint,
    refused_at    bigint,
    row_version   bigint not null,
    attempt       varchar(64) not null,
    created_at    bigint not null,
    unique (connection_id),
    index bulla_webhook_term (host_term)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

create table if not exists bulla_webhook_seen (
    webhook_id varchar(64) not null,
    digest     varchar(64) not null,
    attempt    varchar(64) not null,
    ends_at    bigint not null,
    primary key (webhook_id, digest),
    index bulla_webhook_seen_end (ends_at)
) character set utf8mb4 collate utf8mb4_nopad_bin engine InnoDB;

insert into bulla_schema (id, version, probe) select 1, 1, 0 from dual where not exists (select 1 from bulla_schema);
