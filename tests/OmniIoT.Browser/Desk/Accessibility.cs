using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Browser.Desk;

/// <summary>
/// What axe-core finds against WCAG 2.2, levels A and AA, and its best practices. How near one another things on a map stand is theirs:
/// success criterion 2.5.8 leaves out targets whose place is essential, and names pins on a map. What a control opens (its menu, list or
/// tooltip) belongs to that control, wherever the document holds it: which landmark it stands in says nothing. What fades is looked at
/// when it has its own colours.
/// </summary>
internal static class Accessibility
{
    private const string Violations = """
        async () => {
          const ends = ({ effect }) => effect.getComputedTiming().endTime < Infinity;
          await Promise.allSettled(document.getAnimations().filter(ends).map(({ finished }) => finished));
          const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
          const tell = ({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => node.target.join(' ')).join('\n    ')}`;
          const isOnMap = ({ target }) => document.querySelector(target[0])?.closest('.leaflet-pane');
          const isOpened = ({ target }) => document.querySelector(target[0])?.closest('[role=menu], [role=listbox], [role=tooltip]');
          const isLeftOut = { 'target-size': isOnMap, region: isOpened };
          const isOurs = (violation) => (node) => !isLeftOut[violation.id]?.(node);
          const own = (violation) => ({ ...violation, nodes: violation.nodes.filter(isOurs(violation)) });
          return JSON.stringify(found.violations.map(own).filter(({ nodes }) => nodes.length > 0).map(tell));
        }
        """;

    /// <summary>The host's build installs it with the console's packages.</summary>
    private static readonly string Script = Path.Combine(Repository.Root, "cloud", "console", "node_modules", "axe-core", "axe.min.js");

    public static async Task AssertAccessibleAsync(this OpenPage page)
    {
        // Run in the page by the browser's debugger, so that the page's own policy on scripts stays as it is.
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(Script) + "\n;undefined");
        string[] violations =
        [
            .. JsonNode.Parse(await page.Page.EvaluateAsync<string>(Violations))!.AsArray().Select(item => (string)item!),
        ];
        Assert.True(violations.Length == 0, $"{page.Page.Url}:\n{string.Join("\n", violations)}");
    }
}
