-- Bulla, schema version 1, PostgreSQL. Another table prefix: replace every "bulla_".
-- Safe to run again: what exists stays. Times are epoch milliseconds.

create table if not exists bulla_schema (
    id          integer primary key,
    version     integer not null,
    environment text collate "C",
    probe       bigint not null
);

create table if not exists bulla_connection (
    id          text collate "C" primary key,
    tenant      text collate "C" not null,
    name        text collate "C" not null,
    provider    text collate "C" not null,
    mode        text collate "C" not null,
    enabled     boolean not null,
    complete    boolean not null,
    required    boolean not null,
    revision    bigint not null,
    app_id      text collate "C",
    scopes      text not null,
    settings    text not null,
    sealed      bytea,
    host_term   integer,
    seal_no     bigint not null,
    row_version bigint not null,
    attempt     text collate "C" not null,
    rules_no    bigint not null default 0,
    connects    bigint not null,
    parked      boolean not null default false,
    created_at  bigint not null,
    changed_at  bigint not null,
    unique (tenant, name)
);
create index if not exists bulla_connection_term on bulla_connection (host_term);
create index if not exists bulla_connection_parked on bulla_connection (parked, enabled, complete);

create table if not exists bulla_app (
    id            text collate "C" primary key,
    tenant        text collate "C" not null,
    connection_id text collate "C" not null,
    client_id     text collate "C" not null,
    sealed        bytea,
    host_term     integer,
    seal_no       bigint not null,
    retired       boolean not null,
    created_at    bigint not null
);
create index if not exists bulla_app_connection on bulla_app (connection_id);
create index if not exists bulla_app_term on bulla_app (host_term);

create table if not exists bulla_member (
    tenant                text collate "C" not null,
    member                text collate "C" not null,
    key_no                integer not null,
    key_number            integer,
    key_public            text collate "C",
    key_mac               text collate "C",
    key_mac_term          integer,
    key_previous          bytea,
    key_previous_term     integer,
    key_created_at        bigint,
    offered_number        integer,
    offered_public        text collate "C",
    offered_mac           text collate "C",
    offered_mac_term      integer,
    offered_previous      bytea,
    offered_previous_term integer,
    offered_created_at    bigint,
    row_version           bigint not null,
    attempt               text collate "C" not null,
    changed_at            bigint not null,
    primary key (tenant, member)
);
create index if not exists bulla_member_key on bulla_member (tenant, key_public);
create index if not exists bulla_member_offer on bulla_member (tenant, offered_public);
create index if not exists bulla_member_key_term on bulla_member (key_mac_term);
create index if not exists bulla_member_key_previous on bulla_member (key_previous_term);
create index if not exists bulla_member_offer_term on bulla_member (offered_mac_term);
create index if not exists bulla_member_offer_previous on bulla_member (offered_previous_term);

create table if not exists bulla_grant (
    id           text collate "C" primary key,
    tenant       text collate "C" not null,
    member       text collate "C" not null,
    key_no       integer not null,
    tools        text not null,
    connections  text not null,
    sealed       bytea not null,
    host_term    integer not null,
    created_at   bigint not null,
    expires_at   bigint not null,
    last_used_at bigint
);
create index if not exists bulla_grant_member on bulla_grant (tenant, member, created_at);
create index if not exists bulla_grant_end on bulla_grant (expires_at);
create index if not exists bulla_grant_term on bulla_grant (host_term);

create table if not exists bulla_account (
    id              text collate "C" primary key,
    tenant          text collate "C" not null,
    member          text collate "C" not null,
    connection_id   text collate "C" not null,
    label           text collate "C" not null,
    app_id          text collate "C" not null,
    status          text collate "C" not null,
    reason          text collate "C",
    subject         text collate "C",
    display_name    text,
    scopes          text not null,
    attributes      text not null,
    sealed          bytea,
    host_term       integer,
    seal_no         bigint not null,
    key_no          integer not null,
    member_key_no   integer not null,
    claim_by        text collate "C" not null,
    claim_until     bigint not null,
    intent          text collate "C",
    intent_at       bigint,
    intent_attempts integer not null,
    expires_at      bigint,
    refresh_at      bigint,
    refresh_by      bigint,
    look_at         bigint,
    parked          boolean not null default false,
    last_used_at    bigint,
    row_version     bigint not null,
    attempt         text collate "C" not null,
    connected_at    bigint not null,
    created_at      bigint not null,
    changed_at      bigint not null,
    unique (tenant, member, connection_id, label)
);
create index if not exists bulla_account_due on bulla_account (key_no, parked, refresh_at, id);
create index if not exists bulla_account_look on bulla_account (look_at, id);
create index if not exists bulla_account_connection on bulla_account (connection_id, parked, id);
create index if not exists bulla_account_subject on bulla_account (app_id, subject, tenant);
create index if not exists bulla_account_change on bulla_account (changed_at, id);
create index if not exists bulla_account_term on bulla_account (host_term);

create table if not exists bulla_flow (
    id            text collate "C" primary key,
    tenant        text collate "C" not null,
    member        text collate "C" not null,
    kind          text collate "C" not null,
    connection_id text collate "C" not null,
    browser       text collate "C" not null,
    sealed        bytea not null,
    host_term     integer not null,
    taken_by      text collate "C",
    created_at    bigint not null,
    expires_at    bigint not null,
    ends_at       bigint not null
);
create index if not exists bulla_flow_member on bulla_flow (tenant, member, kind);
create index if not exists bulla_flow_connection on bulla_flow (connection_id);
create index if not exists bulla_flow_end on bulla_flow (ends_at);
create index if not exists bulla_flow_term on bulla_flow (host_term);

create table if not exists bulla_bucket (
    tenant  text collate "C" not null,
    bucket  text collate "C" not null,
    full_at bigint not null,
    primary key (tenant, bucket)
);

create index if not exists bulla_bucket_full on bulla_bucket (full_at);

create table if not exists bulla_entity (
    tenant        text collate "C" not null,
    connection_id text collate "C" not null,
    kind          text collate "C" not null,
    id            text collate "C" not null,
    name          text not null,
    folded        text collate "C" not null,
    attributes    text not null,
    gone          boolean not null,
    seen_at       bigint not null,
    row_version   bigint not null,
    primary key (tenant, connection_id, kind, id)
);

create table if not exists bulla_tool (
    tenant        text collate "C" not null,
    connection_id text collate "C" not null,
    purpose       text collate "C" not null,
    name          text collate "C" not null,
    body          text,
    primary key (tenant, connection_id, purpose, name)
);

create table if not exists bulla_audit (
    id              text collate "C" primary key,
    made_at         bigint not null,
    tenant          text collate "C" not null,
    member          text collate "C" not null,
    connection_name text collate "C" not null,
    tool            text collate "C" not null,
    session_id      text collate "C" not null,
    grant_id        text collate "C" not null,
    action          text collate "C" not null,
    is_use          boolean not null,
    allowed         boolean not null,
    policies        text not null,
    details         text not null
);
create index if not exists bulla_audit_entry on bulla_audit (tenant, id);
create index if not exists bulla_audit_member on bulla_audit (tenant, member, id);
create index if not exists bulla_audit_connection on bulla_audit (tenant, connection_name, id);

create table if not exists bulla_policy (
    tenant        text collate "C" not null,
    connection_id text collate "C" not null,
    id            text collate "C" not null,
    version       bigint not null,
    latest        boolean not null,
    set_name      text collate "C" not null,
    body          text,
    author        text collate "C" not null,
    attempt       text collate "C" not null,
    created_at    bigint not null,
    primary key (connection_id, id, version)
);
create index if not exists bulla_policy_latest on bulla_policy (connection_id, latest);

create table if not exists bulla_webhook (
    id            text collate "C" primary key,
    tenant        text collate "C" not null,
    connection_id text collate "C" not null,
    sealed        bytea,
    host_term     integer,
    seal_no       bigint not null,
    accepted      bigint not null,
    refused       bigint not null,
    accepted_at   bigint,
    refused_at    bigint,
    row_version   bigint not null,
    attempt       text collate "C" not null,
    created_at    bigint not null,
    unique (connection_id)
);
create index if not exists bulla_webhook_term on bulla_webhook (host_term);

create table if not exists bulla_webhook_seen (
    webhook_id text collate "C" not null,
    digest     text collate "C" not null,
    attempt    text collate "C" not null,
    ends_at    bigint not null,
    primary key (webhook_id, digest)
);
create index if not exists bulla_webhook_seen_end on bulla_webhook_seen (ends_at);

insert into bulla_schema (id, version, probe) select 1, 1, 0 where not exists (select 1 from bulla_schema);
