using System.Globalization;
using OmniIoT.Sqlite;
using OmniIoT.TestKit;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>What a writer prepared, it holds: no other statement takes its place.</summary>
public sealed class HeldStatementTests
{
    [Fact]
    public void A_statement_of_a_writer_stays_however_many_others_there_are()
    {
        using TemporaryDirectory directory = new();
        WriterOptions tuning = new(4096, 1024, 1000, 1 << 20);
        using DatabaseConnection writer = DatabaseConnection.OpenWriter(Path.Combine(directory.Path, "some.db"), tuning);
        Statement held = writer.Prepare("SELECT 7");

        for (int i = 0; i < 1_000; i++)
            writer.Prepare(string.Create(CultureInfo.InvariantCulture, $"SELECT {i} + 0"));

        Assert.Equal(7, held.ReadNumber());
    }
}
