using OmniIoT.Ports.Commit;

namespace OmniIoT.Sqlite;

/// <summary>Looks through the structure of a database file, on a connection of its own.</summary>
internal sealed class StructureCheck
{
    /// <summary>Everything but whether indexes hold what their tables do.</summary>
    public static readonly StructureCheck Quick = new("PRAGMA quick_check(1)");

    /// <summary>Indexes as well.</summary>
    public static readonly StructureCheck Whole = new("PRAGMA integrity_check(1)");

    private readonly string _pragma;

    private StructureCheck(string pragma) => _pragma = pragma;

    /// <summary>What is wrong first, for people; null when nothing is, when it cannot be read now, or when it was cancelled.</summary>
    /// <param name="then">Looks on when the structure is sound; null as well when nothing is wrong.</param>
    public string? Look(string path, CancellationToken cancellationToken, Func<DatabaseConnection, string?>? then = null)
    {
        try
        {
            using DatabaseConnection connection = DatabaseConnection.OpenReader(path);
            using CancellationTokenRegistration interrupted = cancellationToken.Register(connection.Interrupt);
            string found = connection.Prepare(_pragma).ReadText();
            return found == "ok" ? then?.Invoke(connection) : found.ReplaceLineEndings(" ");
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error) when (error is DatabaseDamagedException or EngineException { MaySayDamage: true })
        {
            return error.Message;
        }
        catch (Exception error) when (error is StorageUnavailableException or EngineException)
        {
            // A full disk, a busy file or an interrupted look is no damage, and is told by whoever needs it.
            return null;
        }
    }
}
