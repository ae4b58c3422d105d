using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Keys;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Ports;
using OmniIoT.Ports.Audit;
using OmniIoT.Storage.Sqlite;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests.Rights;

public sealed class KeyExpiryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SqliteStore _store;

    public KeyExpiryTests() => _store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, _time);

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_key_ends_when_its_time_has_come()
    {
        IdGenerator ids = new(_time, new Random(1));
        DirectCommitter committer = new(_store);
        Records records = new(committer, ids, NullLogger<Records>.Instance);
        ApiKeys keys = new(new AccessDocuments(_store.Documents, committer), records, ids);
        NewKey wanted = new("Short", RightSet.Of("cases:read"), ids.Now() + TimeSpan.FromHours(1), "api");
        (StoredKey _, string key) = (await keys.CreateAsync(wanted, CancellationToken.None))!.Value;

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(RightSet.Of("cases:read"), (await keys.FindAsync(key, CancellationToken.None))!.Rights);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await keys.FindAsync(key, CancellationToken.None));
    }
}
