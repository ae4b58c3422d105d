using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;

namespace OmniIoT.Gateway.Tests.Statements;

/// <summary>The tables of statements are complete and as checked in.</summary>
public sealed class StatementTableTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OmniIoT.Gateway.Tests");
    private static readonly MarkedTests Gateway = MarkedTests.In(Folder);
    private static readonly MarkedTests Client = MarkedTests.In(Path.Combine(Repository.Root, "tests", "OmniIoT.Mqtt.Tests"));

    [Theory, InlineData(V311), InlineData(V5)]
    public void Every_statement_of_the_server_has_a_test(ProtocolVersion version) =>
        Assert.Empty(
            Read(version)
                .Where(statement => statement.IsServers && Gateway.Of(version, statement.Id).Count == 0)
                .Select(statement => statement.Id)
        );

    [Theory, InlineData(V311), InlineData(V5)]
    public void Every_statement_that_is_not_applicable_says_why(ProtocolVersion version) =>
        Assert.All(
            Read(version).Where(statement => statement.Whose == Obligation.None),
            statement => Assert.False(string.IsNullOrEmpty(statement.Why))
        );

    [Fact]
    public void No_test_names_a_statement_that_does_not_exist()
    {
        HashSet<(ProtocolVersion, string)> known =
        [
            .. ((ProtocolVersion[])[V311, V5]).SelectMany(version => Read(version).Select(statement => (version, statement.Id))),
        ];

        Assert.DoesNotContain(Gateway.All.Concat(Client.All), mark => !known.Contains(mark));
    }

    [Theory, InlineData(V311, "MQTT 3.1.1"), InlineData(V5, "MQTT 5.0")]
    public async Task The_table_is_as_checked_in(ProtocolVersion version, string title)
    {
        string file = Path.Combine(Folder, $"{Name(version).ToUpperInvariant()}.md");
        string page = StatementTable.Render(title, version, Read(version), Gateway, Client);
        if (Environment.GetEnvironmentVariable("OMNIIOT_WRITE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, page);

        Assert.Equal(await File.ReadAllTextAsync(file), page);
    }

    private static IReadOnlyList<Statement> Read(ProtocolVersion version) =>
        Statement.Read(Path.Combine(Folder, "Statements", $"{Name(version)}.txt"));

    private static string Name(ProtocolVersion version) => version == V5 ? "mqtt5" : "mqtt311";
}
