using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;
using OmniIoT.Devices;

namespace OmniIoT.Api.Imports;

/// <summary>
/// Takes the lines of one file. All are checked before the first is stored, so that a file with a mistake changes nothing; only with
/// <c>partial</c> the right ones are stored all the same.
/// </summary>
internal sealed class ImportRun(IImportKind kind, HttpContext context)
{
    private const int AtOnce = 64;

    private readonly List<ImportedLine> _lines = [];
    private readonly List<(int Index, ImportStep Step)> _steps = [];
    private readonly Dictionary<string, int> _firstLines = new(StringComparer.Ordinal);

    /// <summary>Whether every line is right.</summary>
    public bool IsRight => _lines.All(static line => line.Ok);

    public async Task CheckAsync(IAsyncEnumerable<ImportRow> rows, CancellationToken cancellationToken)
    {
        await foreach (ImportRow row in rows.WithCancellation(cancellationToken))
        {
            string? id = null;
            try
            {
                id = IdOf(row.Value);
                ImportStep step = await CheckAsync(row, id, cancellationToken);
                _steps.Add((_lines.Count, step));
                _lines.Add(new ImportedLine(row.Line, step.Id, Ok: true));
            }
            catch (Exception error) when (MessageOf(error) is not null)
            {
                _lines.Add(new ImportedLine(row.Line, id, Ok: false, MessageOf(error)));
            }
        }
    }

    /// <summary>
    /// Stores what was found right. What only storing shows, such as a number that is another customer's, is told of its line.
    /// </summary>
    public Task StoreAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            _steps,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (one, _) =>
            {
                ImportedLine line = _lines[one.Index];
                try
                {
                    _lines[one.Index] = line with { Secret = await one.Step.StoreAsync() };
                }
                // The other lines are told whatever happens to one: secrets of devices are told once.
                catch (Exception error)
                {
                    _lines[one.Index] = line with { Ok = false, Message = MessageOf(error) ?? "It could not be stored; try again." };
                }
            }
        );

    /// <param name="isTaken">Whether the lines that are right were stored, or would be.</param>
    public Imported Tell(bool isTaken)
    {
        IEnumerable<ImportStep> taken = isTaken ? _steps.Where(one => _lines[one.Index].Ok).Select(static one => one.Step) : [];
        ILookup<bool, ImportStep> byNew = taken.ToLookup(static step => step.IsNew);
        return new Imported
        {
            Created = byNew[true].Count(),
            Updated = byNew[false].Count(),
            Lines = _lines,
        };
    }

    private async ValueTask<ImportStep> CheckAsync(ImportRow row, string? id, CancellationToken cancellationToken)
    {
        if (row.Value is not { } value)
            throw Refuse("", row.Mistake!);
        if (!Identifier.IsValid(id))
            throw Refuse("/" + kind.Extra[^1], id is null ? "is missing" : "must be " + Identifier.Allowed);
        if (!kind.MayRepeat && !_firstLines.TryAdd(id!, row.Line))
            throw Refuse("/id", $"stands in line {_firstLines[id!]} already");
        return await kind.CheckAsync(id!, value, context, cancellationToken);
    }

    /// <summary>What the line is about; null: it does not say.</summary>
    private string? IdOf(JsonObject? row) =>
        row?[kind.Extra[^1]] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string?)value : null;

    /// <summary>Null: it is no mistake of the line's.</summary>
    private static string? MessageOf(Exception error) =>
        error switch
        {
            ProblemException { Problem: { Errors: { Count: > 0 } errors } } => string.Join(
                "; ",
                errors.Select(static one => one.ToString())
            ),
            ProblemException problem => problem.Problem.Detail,
            // Half a character in a JSON escape: it is found where the text is first asked for.
            InvalidOperationException => "It holds half a character.",
            _ => null,
        };

    private static ProblemException Refuse(string pointer, string message) =>
        new(Problem.Unprocessable(new ProblemError(pointer, message)));
}
