using System.Diagnostics.CodeAnalysis;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Damage;

/// <summary>Queries months, some of which may be damaged.</summary>
internal sealed class MonthReader(MonthFiles files, MonthHealth health)
{
    /// <summary>Queries a month at one moment; false, which is told, when its file is damaged.</summary>
    public bool TryRead<T>(Month month, Func<DatabaseConnection, T> query, [MaybeNullWhen(false)] out T result)
    {
        try
        {
            result = files.Read(month, query);
            return true;
        }
        catch (Exception error) when (error is DatabaseDamagedException or EngineException { MaySayDamage: true })
        {
            health.Tell(month, error.Message);
            result = default;
            return false;
        }
    }
}
