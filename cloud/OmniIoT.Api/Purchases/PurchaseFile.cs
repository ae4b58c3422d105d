using System.Globalization;
using CsvHelper;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Api.Purchases;

/// <summary>
/// Reads a file of comma-separated values (RFC 4180, UTF-8) with a line of names first: <c>orderId,kind,customerId,email,phone,at,sku,name,
/// quantity,price,currency,siteId</c> in any order. A line is an item; lines of the same order and customer are one purchase.
/// </summary>
internal sealed class PurchaseFile(Action<int, string> refuse)
{
    /// <summary>Lines of one file; more come in another.</summary>
    public const int MostLines = 50_000;

    private const int MostBytes = 16 * 1024;
    private const int MostCharacters = 200;
    private const decimal MostAmount = 1_000_000_000;

    private static readonly string[] Names =
    [
        "orderId",
        "kind",
        "customerId",
        "email",
        "phone",
        "at",
        "sku",
        "name",
        "quantity",
        "price",
        "currency",
        "siteId",
    ];

    /// <summary>Orders of which a line was left out, so that what is left of them is not all.</summary>
    public HashSet<string> Spoilt { get; } = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<PurchaseLine>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using CsvReader csv = ValueFile.Open(body, MostBytes);
        List<PurchaseLine> lines = [];
        int last = 1;
        try
        {
            await csv.ReadHeaderAsync(cancellationToken);
            if (!AreKnown([.. csv.Headers]))
                return lines;
            while (await csv.ReadAsync(cancellationToken))
            {
                last = (int)csv.LineNumber;
                if (lines.Count == MostLines)
                {
                    refuse(last, $"The file has more than {MostLines} lines.");
                    return [];
                }
                if (Read(csv, last) is { } line)
                    lines.Add(line);
            }
        }
        catch (CsvFormatException)
        {
            refuse(last, $"What follows is no line of values, or longer than {MostBytes} bytes.");
            // An order may be cut in two there.
            return [];
        }
        return lines;
    }

    private bool AreKnown(string[] names)
    {
        string[] unknown = [.. names.Except(Names, StringComparer.Ordinal)];
        if (unknown.Length > 0)
            refuse(1, $"There is no column '{unknown[0]}'; there are {string.Join(", ", Names)}.");
        else if (!names.Contains("orderId") || !names.Contains("sku"))
            refuse(1, "The columns orderId and sku must be there.");
        else
            return true;
        return false;
    }

    /// <summary>Null: it names no order, so that nobody knows what it belongs to.</summary>
    private PurchaseLine? Read(CsvReader csv, int line)
    {
        string? order = Value(csv, "orderId"),
            kind = Value(csv, "kind") ?? "made";
        (string Type, string Value)? who = Who(csv);
        string? why =
            order is null ? "orderId is missing."
            : kind is not ("made" or "returned") ? "kind must be made or returned."
            : who is null ? "The customer is missing: customerId, email or phone."
            : Names.Any(name => Value(csv, name)?.Length > MostCharacters) ? $"A value has more than {MostCharacters} characters."
            : null;
        if (why is not null)
        {
            refuse(line, why);
            Spoilt.Add(order ?? "");
            return null;
        }
        return new PurchaseLine(line, new OrderName(kind == "returned", who!.Value, order!))
        {
            Item = Item(csv, line),
            At = Value(csv, "at"),
            Currency = Value(csv, "currency"),
            SiteId = Value(csv, "siteId"),
        };
    }

    private PurchaseItem? Item(CsvReader csv, int line)
    {
        string? sku = Value(csv, "sku");
        decimal? quantity = Number(csv, "quantity", 1),
            price = Number(csv, "price", 0);
        if (sku is not null && quantity > 0 && price is not null)
            return new PurchaseItem(sku, Value(csv, "name") ?? sku, quantity.Value, price.Value);
        refuse(
            line,
            sku is null ? "sku is missing."
                : price is null ? "price must be a number, 0 or more, with a dot before its decimals."
                : "quantity must be a number above 0, with a dot before its decimals."
        );
        return null;
    }

    private static (string Type, string Value)? Who(CsvReader csv)
    {
        foreach ((string column, string type) in new[] { ("customerId", "id"), ("email", "email"), ("phone", "phone") })
        {
            if (Value(csv, column) is { } value)
                return (type, type == "id" ? value : IdentityForm.Of(type, value));
        }
        return null;
    }

    private static decimal? Number(CsvReader csv, string name, decimal missing) =>
        Value(csv, name) is not { } text ? missing
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number <= MostAmount
            ? number
        : null;

    private static string? Value(CsvReader csv, string name) =>
        csv.TryGetFieldIndex(name, out int index) && csv.GetString(index) is { Length: > 0 } text ? text : null;
}
