using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

/// <summary>Which ids are meant when a customer is named.</summary>
internal static class Members
{
    /// <summary>All ids of the person that the id belongs to; null when none is given.</summary>
    public static IReadOnlyList<string>? Of(ReaderPool readers, string? customerId) => customerId is null ? null : readers.Read<IReadOnlyList<string>>(connection =>
    {
        string survivor = connection.Prepare("SELECT survivor_id FROM merges WHERE id = $1").Bind(customerId).ReadFirst(static row => row.Text(0)) ?? customerId;
        IReadOnlyList<string> absorbed = connection.Prepare("SELECT id FROM merges WHERE survivor_id = $1 ORDER BY id")
            .Bind(survivor).ReadAll(static row => row.Text(0));
        return [survivor, .. absorbed];
    });
}
