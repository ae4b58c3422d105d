namespace OmniIoT.Gateway.Tests.Statements;

/// <summary>Whose part a statement is; of what concerns both, it is the server's alone where our client never sends such a thing.</summary>
public enum Obligation
{
    Server,
    Client,
    Both,
    None,
}

/// <summary>One normative statement, in our own words.</summary>
/// <param name="Why">Why it concerns neither gateway nor client; null where it does.</param>
public sealed record Statement(string Id, Obligation Whose, string Demand, string? Why)
{
    public bool IsServers => Whose is Obligation.Server or Obligation.Both;

    public bool IsClients => Whose is Obligation.Client or Obligation.Both;

    /// <summary>Reads a list: a statement per line, fields between bars.</summary>
    public static IReadOnlyList<Statement> Read(string file) =>
        [.. File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];

    private static Statement Parse(string line)
    {
        string[] fields = [.. line.Split('|', StringSplitOptions.TrimEntries)];
        return new Statement(
            fields[0],
            Enum.Parse<Obligation>(fields[1], ignoreCase: true),
            fields[2],
            fields.Length > 3 ? fields[3] : null
        );
    }
}
