using System.Collections.Concurrent;

namespace OmniIoT.Sqlite;

/// <summary>Connections for queries. They see the last commit and never wait for the writer. Safe for concurrent use.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    /// <summary>More queries than this at once open connections that are closed after use.</summary>
    private const int KeptConnections = 8;

    private readonly ConcurrentBag<DatabaseConnection> _idle = [];
    private volatile bool _disposed;

    /// <summary>Gets to know, for people, that the file is damaged.</summary>
    public Action<string>? OnDamage { get; init; }

    /// <summary>Prepares each connection before its first query.</summary>
    public Action<DatabaseConnection>? OnOpen { get; init; }

    public T Read<T>(Func<DatabaseConnection, T> query)
    {
        DatabaseConnection connection = _idle.TryTake(out DatabaseConnection? idle) ? idle : Open();
        bool whole = false;
        try
        {
            T result = query(connection);
            whole = true;
            return result;
        }
        catch (DatabaseDamagedException damaged)
        {
            OnDamage?.Invoke(damaged.Message);
            throw;
        }
        finally
        {
            if (whole && !_disposed && _idle.Count < KeptConnections)
                _idle.Add(connection);
            else
                connection.Dispose();
            if (_disposed)
                CloseIdle();
        }
    }

    /// <summary>Closes what is idle; what is in use is closed when its query ends.</summary>
    public void Dispose()
    {
        _disposed = true;
        CloseIdle();
    }

    private DatabaseConnection Open()
    {
        DatabaseConnection connection = DatabaseConnection.OpenReader(path);
        OnOpen?.Invoke(connection);
        return connection;
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out DatabaseConnection? connection))
            connection.Dispose();
    }
}
