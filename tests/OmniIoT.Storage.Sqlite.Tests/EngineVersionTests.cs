using SQLitePCL;

namespace OmniIoT.Storage.Sqlite.Tests;

public sealed class EngineVersionTests
{
    /// <summary>
    /// The checkpointer copies the log beside the writer: before 3.51.3 both at once could damage it (SQLite, "Write-Ahead Logging", the
    /// WAL-reset bug).
    /// </summary>
    [Fact]
    public void The_engine_is_one_whose_log_survives_a_checkpoint_beside_a_writer()
    {
        Batteries_V2.Init();

        Assert.InRange(raw.sqlite3_libversion_number(), 3_051_003, int.MaxValue);
    }
}
