using System.Text;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Statements;

/// <summary>Statement, test and state, as a page.</summary>
internal static class StatementTable
{
    public static string Render(
        string title,
        ProtocolVersion version,
        IReadOnlyList<Statement> statements,
        MarkedTests gateway,
        MarkedTests client
    )
    {
        StringBuilder page = new();
        page.Append($"# {title}: statements and their tests\n\n");
        page.Append(
            "Generated from `Statements/*.txt` and the `[Statement]` attributes of the tests; `StatementTableTests` compares it and, with\n"
        );
        page.Append(
            "`OMNIIOT_WRITE_SNAPSHOTS=1`, writes it. The wording is ours; the standard's is at the id. Tests of the client are in\n`OmniIoT.Mqtt.Tests`.\n\n"
        );
        page.Append($"{Summary(version, statements, gateway, client)}\n\n");
        page.Append("| statement | demands | of | tests | state |\n| --- | --- | --- | --- | --- |\n");
        foreach (Statement statement in statements)
            page.Append(Row(version, statement, gateway, client));
        return page.ToString();
    }

    private static string Summary(ProtocolVersion version, IReadOnlyList<Statement> statements, MarkedTests gateway, MarkedTests client)
    {
        int ofServer = statements.Count(statement => statement.IsServers);
        int tested = statements.Count(statement => statement.IsServers && gateway.Of(version, statement.Id).Count > 0);
        int ofClient = statements.Count(statement => statement.IsClients);
        int testedOfClient = statements.Count(statement => statement.IsClients && client.Of(version, statement.Id).Count > 0);
        int none = statements.Count(statement => statement.Whose == Obligation.None);
        return $"{statements.Count} statements: {tested} of the server's {ofServer} tested, {testedOfClient} of the client's {ofClient} tested, {none} that concern neither.";
    }

    private static string Row(ProtocolVersion version, Statement statement, MarkedTests gateway, MarkedTests client)
    {
        string[] tests =
        [
            .. gateway.Of(version, statement.Id),
            .. statement.IsClients ? client.Of(version, statement.Id).Select(test => $"client: {test}") : [],
        ];
        return $"| {statement.Id} | {statement.Demand} | {Whose(statement)} | {string.Join("<br>", tests)} | {State(version, statement, gateway, client)} |\n";
    }

    private static string Whose(Statement statement) =>
        statement.Whose switch
        {
            Obligation.Server => "server",
            Obligation.Client => "client",
            Obligation.Both => "both",
            _ => "–",
        };

    private static string State(ProtocolVersion version, Statement statement, MarkedTests gateway, MarkedTests client)
    {
        if (statement.Whose == Obligation.None)
            return $"not applicable: {statement.Why}";
        List<string> states = [];
        if (statement.IsServers)
            states.Add(gateway.Of(version, statement.Id).Count > 0 ? "server: tested" : "server: untested");
        if (statement.IsClients)
            states.Add(client.Of(version, statement.Id).Count > 0 ? "client: tested" : "client: untested");
        return string.Join("; ", states);
    }
}
