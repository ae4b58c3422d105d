using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using OmniIoT.Api.Requests;
using OmniIoT.Web.Json;

namespace OmniIoT.Api.Imports;

/// <summary>
/// Reads a file line by line: comma-separated values (RFC 4180, UTF-8) with the members' names first, or an object of JSON a line. What is
/// wrong with a line is told with it, and the reading goes on; a file that cannot be read on ends there, and says so.
/// </summary>
internal sealed class ImportFile(Type shape, string[] extra)
{
    /// <summary>Lines of one file; more come in another.</summary>
    public const int MostLines = 200_000;

    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    private const int MostColumns = 200;
    private const int MostBytes = 256 * 1024;

    public IAsyncEnumerable<ImportRow> ReadAsync(Stream body, bool isJson, CancellationToken cancellationToken) =>
        isJson ? ReadJsonAsync(body, cancellationToken) : ReadValuesAsync(body, cancellationToken);

    private async IAsyncEnumerable<ImportRow> ReadValuesAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CsvReader csv = ValueFile.Open(body, MostBytes);
        (ImportColumn?[] columns, string? wrong) = await ReadHeadAsync(csv, cancellationToken);
        if (wrong is not null)
        {
            yield return ImportRow.Wrong(1, wrong);
            yield break;
        }
        int last = 1;
        for (int lines = 0; await NextAsync(csv, cancellationToken) is var more and not false; lines++)
        {
            last = more is null ? last + 1 : (int)csv.LineNumber;
            if (more is null || lines == MostLines)
            {
                yield return ImportRow.Wrong(last, more is null ? Unreadable : TooMany);
                yield break;
            }
            yield return Read(csv, columns, last);
        }
    }

    private async Task<(ImportColumn?[] Columns, string? Wrong)> ReadHeadAsync(CsvReader csv, CancellationToken cancellationToken)
    {
        try
        {
            await csv.ReadHeaderAsync(cancellationToken);
        }
        catch (CsvFormatException)
        {
            return ([], Unreadable);
        }
        string[] names = [.. csv.Headers];
        ImportColumn?[] columns = [.. names.Take(MostColumns).Select(name => ImportColumn.Of(name, shape, extra))];
        int unknown = Array.IndexOf(columns, null);
        return names.Length == 0 ? (columns, "The file is empty; its first line must name the columns.")
            : names.Length > MostColumns ? (columns, $"There are more than {MostColumns} columns.")
            : unknown >= 0 ? (columns, $"There is no member '{names[unknown]}' that a column could fill.")
            : FindContradiction(columns) is { } at ? (columns, $"'{names[at.First]}' and '{names[at.Second]}' cannot both be filled.")
            : (columns, null);
    }

    private static (int First, int Second)? FindContradiction(ImportColumn?[] columns)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (columns[j]!.Contradicts(columns[i]!))
                    return (j, i);
            }
        }
        return null;
    }

    /// <summary>Null: what follows cannot be read.</summary>
    private static async ValueTask<bool?> NextAsync(CsvReader csv, CancellationToken cancellationToken)
    {
        try
        {
            return await csv.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }

    private static ImportRow Read(CsvReader csv, ImportColumn?[] columns, int line)
    {
        JsonObject row = [];
        for (int i = 0; i < columns.Length; i++)
        {
            if (i < csv.FieldCount && csv.GetString(i) is { Length: > 0 } cell)
                columns[i]!.Put(row, cell);
        }
        return csv.FieldCount > columns.Length
            ? ImportRow.Wrong(line, $"It has {csv.FieldCount} values for {columns.Length} columns.")
            : new ImportRow(line, row, null);
    }

    private static async IAsyncEnumerable<ImportRow> ReadJsonAsync(
        Stream body,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using StreamReader reader = new(body, leaveOpen: true);
        int line = 0,
            read = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (read++ == MostLines)
            {
                yield return ImportRow.Wrong(line, TooMany);
                yield break;
            }
            yield return text.Length > MostBytes ? ImportRow.Wrong(line, $"It is longer than {MostBytes} characters.") : Parse(line, text);
        }
    }

    private static ImportRow Parse(int line, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        if (JsonSyntax.FindMistake(utf8) is { } mistake)
            return ImportRow.Wrong(line, $"{mistake.Message} (character {mistake.Column})");
        try
        {
            return JsonNode.Parse(utf8, null, Once) is JsonObject row
                ? new ImportRow(line, row, null)
                : ImportRow.Wrong(line, "It must be an object.");
        }
        catch (JsonException)
        {
            return ImportRow.Wrong(line, "It names a member twice.");
        }
    }

    private static string Unreadable => $"What follows is no line of values, or longer than {MostBytes} bytes.";

    private static string TooMany => $"The file has more than {MostLines} lines.";
}
