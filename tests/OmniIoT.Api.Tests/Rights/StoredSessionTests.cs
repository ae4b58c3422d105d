using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Queries;
using OmniIoT.Storage.Sqlite;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>Sessions over restarts, processes and time.</summary>
public sealed class StoredSessionTests : IDisposable
{
    private const string Setting = "sessions:leyla";

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SqliteStore _store;
    private readonly AgentAccount _leyla = new("leyla", "Leyla", "agent", "a hash");
    private readonly Process _first;
    private readonly Process _second;

    public StoredSessionTests()
    {
        _store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, _time);
        _first = new Process(_store, _time, seed: 1);
        _second = new Process(_store, _time, seed: 2);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Another_process_knows_a_session_and_of_its_end_as_soon_as_it_is_told()
    {
        string token = await BeginAsync();

        AgentCaller known = (await _second.Sessions.FindAsync(token, CancellationToken.None))!;
        await _first.Sessions.EndAsync("leyla", known.SessionId!, CancellationToken.None);
        _second.Documents.Changed(DocumentKind.Setting, Setting);

        Assert.Equal("leyla", known.Id);
        Assert.Null(await _second.Sessions.FindAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Looking_at_a_session_reads_nothing_until_it_changes()
    {
        string token = await BeginAsync();
        await _second.Sessions.FindAsync(token, CancellationToken.None);
        await _first.Documents.CommitAsync(AgentSessions.EndAll("leyla"));

        Assert.NotNull(await _second.Sessions.FindAsync(token, CancellationToken.None));
        _second.Documents.Changed(DocumentKind.Setting, Setting);
        Assert.Null(await _second.Sessions.FindAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task A_session_ends_by_itself_after_twelve_hours()
    {
        string token = await BeginAsync();

        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await _first.Sessions.FindAsync(token, CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _first.Sessions.FindAsync(token, CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_is_over_is_on_record_once_whether_it_is_shown_again_or_another_begins(bool isShown)
    {
        string token = await BeginAsync();
        _time.Advance(TimeSpan.FromHours(12));

        if (isShown)
        {
            Assert.Null(await _first.Sessions.FindAsync(token, CancellationToken.None));
            Assert.Null(await _first.Sessions.FindAsync(token, CancellationToken.None));
        }
        else
        {
            await BeginAsync();
        }

        Page<AuditEntry> trail = await _store.Audit.ListAsync(new AuditFilter(), new PageRequest(null, 10), CancellationToken.None);
        AuditEntry ended = Assert.Single(trail.Items, entry => entry.Action == AuditActions.SessionEnded);
        Assert.Equal(("platform", "agent:leyla", AuditActions.Expired), (ended.Actor, ended.Subject, ended.Outcome));
    }

    [Fact]
    public async Task A_session_that_a_clock_far_ahead_began_is_none_once_it_is_right_again()
    {
        DateTimeOffset right = _time.GetUtcNow();
        _time.AdjustTime(right + TimeSpan.FromDays(1200));
        string token = await BeginAsync();
        Assert.NotNull(await _first.Sessions.FindAsync(token, CancellationToken.None));

        _time.AdjustTime(right);

        Assert.Null(await _first.Sessions.FindAsync(token, CancellationToken.None));
        Assert.Empty(await _first.Sessions.ListAsync(_leyla, CancellationToken.None));
    }

    [Fact]
    public async Task When_it_was_last_seen_is_written_down_once_in_five_minutes()
    {
        string token = await BeginAsync();
        int begun = await VersionAsync();

        for (int i = 0; i < 9; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await _first.Sessions.FindAsync(token, CancellationToken.None);
        }

        Assert.Equal(begun + 1, await VersionAsync());
        StoredSession session = Assert.Single(await _first.Sessions.ListAsync(_leyla, CancellationToken.None));
        Assert.Equal(TimeSpan.FromMinutes(5), session.LastSeenAt - session.Since);
    }

    [Fact]
    public async Task A_session_that_was_begun_with_the_old_password_while_it_was_changed_is_none()
    {
        string token = await BeginAsync();

        AgentAccount renewed = _leyla with { PasswordHash = "another hash" };
        Effect nothing = new DeleteDocument(DocumentKind.Setting, "none");
        Assert.True(await _first.Accounts.RenewAsync(_leyla, renewed, nothing, CancellationToken.None));

        Assert.Null(await _first.Sessions.FindAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Of_more_sessions_than_one_person_has_the_oldest_goes()
    {
        string oldest = await BeginAsync();
        string next = await BeginAsync();
        for (int i = 2; i <= StoredSessions.MaximumCount; i++)
            await BeginAsync();

        Assert.Null(await _first.Sessions.FindAsync(oldest, CancellationToken.None));
        Assert.NotNull(await _first.Sessions.FindAsync(next, CancellationToken.None));
    }

    [Theory]
    [InlineData("agent.bGV5bGE.x.y")]
    [InlineData("agent.!.x.y")]
    [InlineData("agent.bGV5bGE.x.")]
    [InlineData("agent..x.y")]
    [InlineData("")]
    public async Task What_is_no_token_is_nobodys(string token)
    {
        await BeginAsync();

        Assert.Null(await _first.Sessions.FindAsync(token, CancellationToken.None));
    }

    private async Task<string> BeginAsync()
    {
        await _first.Accounts.PutAsync(_leyla.Id, _ => _leyla, null, CancellationToken.None);
        return (await _first.Sessions.BeginAsync(_leyla, "192.0.2.1", "browser", CancellationToken.None)).Token.Text;
    }

    private async Task<int> VersionAsync() =>
        (await _first.Documents.ReadAsync<StoredSessions>(DocumentKind.Setting, Setting, CancellationToken.None)).Version;

    /// <summary>What one process of several keeps.</summary>
    private sealed class Process
    {
        public Process(SqliteStore store, TimeProvider time, int seed)
        {
            Documents = new AccessDocuments(store.Documents, new DirectCommitter(store));
            Accounts = new AgentAccounts(Documents);
            IdGenerator ids = new(time, new Random(seed));
            Records records = new(new DirectCommitter(store), ids, NullLogger<Records>.Instance);
            Sessions = new AgentSessions(
                Documents,
                Accounts,
                new Roles(Documents, records),
                records,
                ids,
                NullLogger<AgentSessions>.Instance
            );
        }

        public AccessDocuments Documents { get; }

        public AgentAccounts Accounts { get; }

        public AgentSessions Sessions { get; }
    }
}
