using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Sessions;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>A session belongs to one process at a time.</summary>
public sealed class SharedSessionTests(SharedPostgres postgres) : IDisposable
{
    private const string Key = "device:press-7/c1";

    private static readonly EntityId Press = EntityId.Device("press-7");

    private readonly TestDatabase _database = new(postgres.Server);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Of_two_who_claim_a_session_at_once_one_has_it()
    {
        PostgresStore a = _database.Open("a"),
            b = _database.Open("b");

        bool[] claims = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => Task.Run(() => (i % 2 == 0 ? a : b).SharedSessions.TryClaimAsync(Key, Press, null, Cancel).AsTask()))
        );

        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task A_claim_needs_to_know_whose_it_was_and_keeps_what_is_stored()
    {
        PostgresStore a = _database.Open("a"),
            b = _database.Open("b");
        StoredSession stored = new(Key, Press, 5, TimeSpan.FromDays(1), Samples.At(3));
        a.Commit(new PutSession(stored));

        Assert.False(await b.SharedSessions.TryClaimAsync(Key, Press, null, Cancel));
        Assert.False(await b.SharedSessions.TryClaimAsync(Key, Press, "c", Cancel));
        Assert.True(await b.SharedSessions.TryClaimAsync(Key, Press, "a", Cancel));

        Assert.Equal(new OwnedSession(stored, "b"), await a.SharedSessions.FindAsync(Key, Cancel));
        Assert.Equal([new OwnedSession(stored, "b")], await a.SharedSessions.OfAsync(Press, Cancel));
        Assert.Null(await a.SharedSessions.FindAsync("device:press-7/c2", Cancel));
    }

    [Fact]
    public async Task Who_lost_a_session_writes_nothing_into_it()
    {
        PostgresStore a = _database.Open("a"),
            b = _database.Open("b");
        StoredSession stored = new(Key, Press, 5, TimeSpan.FromDays(1), null);
        a.Commit(new PutSession(stored));
        await b.SharedSessions.TryClaimAsync(Key, Press, "a", Cancel);

        a.Commit(new PutSession(stored with { DisconnectedAt = Samples.At(9) }));

        Assert.Equal(new OwnedSession(stored, "b"), await a.SharedSessions.FindAsync(Key, Cancel));
    }

    [Fact]
    public async Task A_session_that_was_given_up_is_nobodys_until_it_is_claimed()
    {
        PostgresStore a = _database.Open("a"),
            b = _database.Open("b");
        StoredSession stored = new(Key, Press, 5, TimeSpan.FromDays(1), null);
        a.Commit(new PutSession(stored));

        await b.SharedSessions.GiveUpAsync(Key, Cancel);
        Assert.Equal("a", (await b.SharedSessions.FindAsync(Key, Cancel))!.Process);
        await a.SharedSessions.GiveUpAsync(Key, Cancel);

        Assert.Equal(new OwnedSession(stored, null), await b.SharedSessions.FindAsync(Key, Cancel));
        Assert.False(await b.SharedSessions.TryClaimAsync(Key, Press, "a", Cancel));
        Assert.True(await b.SharedSessions.TryClaimAsync(Key, Press, null, Cancel));
    }

    [Fact]
    public async Task What_the_gone_left_is_closed_and_looked_after_where_it_must_be()
    {
        PostgresStore gone = _database.Open("gone"),
            living = _database.Open("living");
        StoredWill will = new("w", [1], 1, false, [], null);
        StoredSession plain = new("device:press-7/plain", Press, 5, TimeSpan.FromDays(1), null);
        StoredSession willing = plain with { ClientId = "device:press-7/willing", Will = will };
        StoredSession brief = plain with { ClientId = "device:press-7/brief", Expiry = TimeSpan.FromSeconds(10) };
        gone.Commit(new PutSession(plain), new PutSession(willing), new PutSession(brief));
        living.Commit(new PutSession(willing with { ClientId = "device:press-7/mine" }));

        await living.SharedSessions.CloseAbandonedAsync(["living"], Samples.At(100), Cancel);

        Assert.Equal(Samples.At(100), (await living.SharedSessions.FindAsync(plain.ClientId, Cancel))!.Session.DisconnectedAt);
        Assert.Null((await living.SharedSessions.FindAsync("device:press-7/mine", Cancel))!.Session.DisconnectedAt);
        Assert.Equal(["device:press-7/willing"], await AbandonedAsync(at: 105));
        Assert.Equal(["device:press-7/brief", "device:press-7/willing"], await AbandonedAsync(at: 110));

        async Task<IEnumerable<string>> AbandonedAsync(double at) =>
            (await living.SharedSessions.AbandonedAsync(["living"], Samples.At(at), "", 10, Cancel)).Select(session =>
                session.Session.ClientId
            );
    }

    [Fact]
    public async Task What_changes_in_the_catalog_is_logged_for_all_in_the_order_of_the_commits()
    {
        PostgresStore a = _database.Open("a"),
            b = _database.Open("b");
        long before = await b.CatalogLog.LastAsync(Cancel);
        a.Commit(new PutDocument(DocumentKind.Model, "washer", "{}"u8.ToArray()));
        b.Commit(new PutDocument(DocumentKind.Fence, "f1", "{}"u8.ToArray()));
        a.Commit(new DeleteDocument(DocumentKind.Fence, "f1"));
        a.Commit(new PutCustomer(Samples.Customer("c1")), new PutCustomer(Samples.Customer("c2")));
        a.Commit(new PutMerge(Samples.Merge("c2", "c1")));

        IReadOnlyList<CatalogChange> changes = await b.CatalogLog.AfterAsync(before, 100, Cancel);

        // A merge touches its table by more than one statement.
        Assert.Equal(
            [(DocumentKind.Model, "washer"), (DocumentKind.Fence, "f1"), (DocumentKind.Fence, "f1"), ((DocumentKind?)null, "")],
            changes.Take(4).Select(change => (change.Kind, change.Id))
        );
        Assert.All(changes.Skip(4), change => Assert.Null(change.Kind));
        Assert.Equal(changes[^1].Version, await a.CatalogLog.LastAsync(Cancel));
        Assert.Equal(changes.Select(change => change.Version).Order(), changes.Select(change => change.Version));
    }
}
