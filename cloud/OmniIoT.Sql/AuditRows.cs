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
        sequence, id, at, actor, action, subject, outcome, customer_id, former_customer_id, address_value, address_digest,
        before_value, before_digest, after_value, after_digest, previous, hash
        """;

    public const string Insert = $"""
        INSERT INTO audit ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """;

    /// <summary>What is said of a customer who is erased.</summary>
    public const string CutValues = """
        UPDATE audit SET before_value = NULL, after_value = NULL WHERE customer_id = $1 OR former_customer_id = $1
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
            CustomerId = row.NullableText(first + 7),
            FormerCustomerId = row.NullableText(first + 8),
            Address = new ChainValue(row.NullableBytes(first + 9), row.NullableBytes(first + 10)),
            Before = new ChainValue(row.NullableBytes(first + 11), row.NullableBytes(first + 12)),
            After = new ChainValue(row.NullableBytes(first + 13), row.NullableBytes(first + 14)),
            Previous = row.Bytes(first + 15).ToArray(),
            Hash = row.Bytes(first + 16).ToArray(),
        };
}
