using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit.Cluster;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>A store is opened only with the key that the secrets in its database are sealed with.</summary>
public sealed class KeyCheckTests(SharedPostgres postgres) : IDisposable
{
    private readonly TestDatabase _database = new(postgres.Server);

    private PostgresStoreOptions OtherKey => _database.Options with { Key = [.. Enumerable.Repeat((byte)7, SecretSealer.KeyBytes)] };

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Another_key_than_that_of_the_first_process_is_refused()
    {
        _database.Open();

        OtherKeyException refused = Assert.Throws<OtherKeyException>(() => _database.Open(OtherKey));

        Assert.DoesNotContain("Username", refused.Message, StringComparison.OrdinalIgnoreCase);
        _database.Open();
    }

    [Fact]
    public async Task Of_two_first_processes_with_different_keys_one_opens_the_store()
    {
        PostgresStore?[] opened = await Task.WhenAll(TryOpenAsync(_database.Options), TryOpenAsync(OtherKey));

        Assert.Single(opened, store => store is not null);
    }

    [Fact]
    public void A_database_of_an_earlier_version_is_opened_by_the_key_of_its_secrets_only()
    {
        EntityId device = EntityId.Device("d1");
        PostgresStore store = _database.Open();
        store.Commit(new PutCredential(device, "hash", store.Sealer.Seal(device, "s3cret")));
        _database.Execute("DELETE FROM key_check");

        Assert.Throws<OtherKeyException>(() => _database.Open(OtherKey));
        _database.Open();
        Assert.Throws<OtherKeyException>(() => _database.Open(OtherKey));
    }

    private Task<PostgresStore?> TryOpenAsync(PostgresStoreOptions options) =>
        Task.Run(() =>
        {
            try
            {
                return _database.Open(options);
            }
            catch (OtherKeyException)
            {
                return null;
            }
        });
}
