using OmniIoT.Devices.Time;
using OmniIoT.Domain.Audit;

namespace OmniIoT.Sql;

/// <summary>Links of the trail as rows.</summary>
internal static class AuditRows
{
    public const string Head = "SELECT sequence, hash FROM audit_head WHERE id = 1";

    public const string PutHead = """
        INSERT INTO audit_head (id, sequence, hash) VALUES (1, $1, $2)
        ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
        """;

    public const string Columns = """
        sequence, id, at, actor, action, subject, outcome, persons, address_value, address_digest,
        before_value, before_digest, after_value, after_digest, previous, hash
        """;

    public const string Insert = $"""
        INSERT INTO audit ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """;

    public const string InsertPerson = "INSERT INTO audit_persons (customer_id, sequence) VALUES ($1, $2)";

    /// <summary>Who is one person with a customer, whose record may have something of theirs.</summary>
    public const string Merged = "SELECT id FROM merges WHERE survivor_id = $1 ORDER BY id";

    /// <summary>What is said of a customer who is erased.</summary>
    public const string CutValues = """
        UPDATE audit SET before_value = NULL, after_value = NULL
        WHERE sequence IN (SELECT sequence FROM audit_persons WHERE customer_id = $1)
        """;

    /// <summary>Where an actor called from who is erased.</summary>
    public const string CutAddresses = "UPDATE audit SET address_value = NULL WHERE actor = $1";

    /// <summary>The query for what is stored of a subject, which is JSON.</summary>
    public static (string Query, IReadOnlyList<string> Parameters) Stored(string subject)
    {
        int colon = subject.IndexOf(':', StringComparison.Ordinal);
        (string kind, string id) = (subject[..colon], subject[(colon + 1)..]);
        return kind switch
        {
            "customer" => ("SELECT json FROM customers WHERE id = $1", [id]),
            "device" => ("SELECT json FROM devices WHERE id = $1", [id]),
            _ => ("SELECT json FROM documents WHERE kind = $1 AND id = $2", [kind, id]),
        };
    }

    /// <param name="first">Where <see cref="Columns"/> begin.</param>
    public static ChainLink Read(IRow row, int first = 0) =>
        new()
        {
            Sequence = row.Int64(first),
            Id = row.Text(first + 1),
            At = new Instant(row.Int64(first + 2)),
            Actor = row.Text(first + 3),
            Action = row.Text(first + 4),
            Subject = row.Text(first + 5),
            Outcome = row.Text(first + 6),
            Persons = row.Text(first + 7),
            Address = new ChainValue(row.NullableBytes(first + 8), row.NullableBytes(first + 9)),
            Before = new ChainValue(row.NullableBytes(first + 10), row.NullableBytes(first + 11)),
            After = new ChainValue(row.NullableBytes(first + 12), row.NullableBytes(first + 13)),
            Previous = row.Bytes(first + 14).ToArray(),
            Hash = row.Bytes(first + 15).ToArray(),
        };
}
