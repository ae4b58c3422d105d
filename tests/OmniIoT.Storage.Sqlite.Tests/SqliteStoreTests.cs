using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Ports.Commit;
using OmniIoT.Sqlite;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>How the embedded store opens and closes.</summary>
public sealed class SqliteStoreTests : SqliteStoreTest
{
    [Fact]
    public void A_data_directory_belongs_to_one_store_and_is_free_when_that_closes()
    {
        using (SqliteStore first = Open())
        {
            DataDirectoryInUseException error = Assert.Throws<DataDirectoryInUseException>(Open);

            Assert.Contains(Root, error.Message, StringComparison.Ordinal);
            Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        Open().Dispose();
    }

    [Fact]
    public void A_missing_directory_is_created()
    {
        string nested = Path.Combine(Root, "a", "b");

        SqliteStore.Open(new SqliteStoreOptions { Directory = nested }, TimeProvider.System).Dispose();

        Assert.True(File.Exists(Path.Combine(nested, "omniiot.db")));
    }

    [Fact]
    public void A_newer_database_is_refused_with_both_versions()
    {
        Open().Dispose();
        using (DatabaseConnection connection = OpenConnection())
            connection.Execute("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)");

        DatabaseTooNewException error = Assert.Throws<DatabaseTooNewException>(Open);

        Assert.Contains("999", error.Message, StringComparison.Ordinal);
        Assert.Contains(Embedded[^1].Version.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_storage_that_cannot_be_used()
    {
        File.WriteAllBytes(DatabasePath, Samples.Bytes(100_000, seed: 1));

        Assert.ThrowsAny<StorageUnavailableException>(Open);
    }

    [Fact]
    public void Parameters_out_of_order_are_refused()
    {
        using DatabaseConnection connection = OpenConnection();

        Assert.Throws<EngineException>(() => connection.Prepare("SELECT $2, $1"));
    }

    [Fact]
    public void Every_port_is_provided()
    {
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddSqliteStore(new SqliteStoreOptions { Directory = Root });
        using ServiceProvider provider = services.BuildServiceProvider();

        IEnumerable<Type> ports = typeof(IStoreUnderTest).GetProperties().Select(property => property.PropertyType);

        Assert.All(ports, port => Assert.NotNull(provider.GetService(port)));
    }

    [Fact]
    public void Defaults_are_as_documented() => Assert.Equal(100_000, new SqliteStoreOptions { Directory = "x" }.KeptChanges);
}
