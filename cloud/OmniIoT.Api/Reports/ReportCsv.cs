using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Reports;

/// <summary>Rows as comma-separated values (RFC 4180), with the names of their members first.</summary>
internal static class ReportCsv
{
    /// <summary>What a spreadsheet would take for a formula.</summary>
    private static readonly char[] Formulas = ['=', '+', '-', '@', '\t', '\r'];

    public static string Of(IReadOnlyList<JsonObject> rows)
    {
        StringBuilder text = new();
        if (rows.Count > 0)
            text.AppendJoin(',', rows[0].Select(static member => Cell(member.Key))).Append("\r\n");
        foreach (JsonObject row in rows)
            text.AppendJoin(',', row.Select(static member => CellOf(member.Value))).Append("\r\n");
        return text.ToString();
    }

    private static string CellOf(JsonNode? value) =>
        value is null ? ""
        : value.GetValueKind() is System.Text.Json.JsonValueKind.String ? Cell((string)value!)
        : value.ToJsonString();

    private static string Cell(string text)
    {
        string safe = text.Length > 0 && Formulas.Contains(text[0]) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
