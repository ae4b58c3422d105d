namespace OmniIoT.Telemetry.Influx.Querying;

/// <summary>One value of an answer. Whether a number is whole is known from the question.</summary>
internal readonly record struct Cell(double Number, long Integer, string? Text, bool IsNull);

/// <summary>One row of an answer, used only while it is handed over.</summary>
/// <param name="Tag">The tag that the question grouped by, if it did.</param>
/// <param name="Cells">One for each column.</param>
internal readonly record struct Row(string? Tag, IReadOnlyList<Cell> Cells);
