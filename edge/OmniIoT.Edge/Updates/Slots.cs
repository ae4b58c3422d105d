using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Edge.Downlink;

namespace OmniIoT.Edge.Updates;

/// <summary>
/// The two versions that lie on the disk, which of them runs, and what became of the last update. Every change is one rename, so that a
/// machine that loses its power finds the one state or the other.
/// </summary>
internal sealed partial class Slots(string directory)
{
    private const string Link = "current";
    private const string VersionFile = ".version";
    private const string First = "a";
    private const string Second = "b";

    /// <summary>The version that this process is.</summary>
    public static string RunningVersion =>
        Environment.GetEnvironmentVariable(TrialEnvironment.Version)
        ?? Read(Path.Combine(AppContext.BaseDirectory, VersionFile))
        ?? Agent.Version;

    /// <summary>The slot that <c>current</c> leads to; null: neither.</summary>
    public string? Current =>
        new FileInfo(Path.Combine(directory, Link)).LinkTarget is First or Second
            ? new FileInfo(Path.Combine(directory, Link)).LinkTarget
            : null;

    /// <summary>The slot that nothing runs from.</summary>
    public string Spare => Current == First ? Second : First;

    /// <summary>Where a package is kept while it comes.</summary>
    public string Download => Path.Combine(directory, "package");

    /// <summary>An update that was begun and is not known to be well; null: none.</summary>
    public Trial? Pending
    {
        get =>
            Parse("trial") is { } node
                ? new Trial((string?)node["version"] ?? "", (string?)node["sha256"] ?? "", (string?)node["from"])
                : null;
        set =>
            Write(
                "trial",
                value is null
                    ? null
                    : new JsonObject
                    {
                        ["version"] = value.Version,
                        ["sha256"] = value.Sha256,
                        ["from"] = value.From,
                    }
            );
    }

    /// <summary>The package that failed last, and why; null: none did.</summary>
    public (string Version, string Sha256, string Error)? Failed
    {
        get =>
            Parse("failed") is { } node
                ? ((string?)node["version"] ?? "", (string?)node["sha256"] ?? "", (string?)node["error"] ?? "")
                : null;
        set =>
            Write(
                "failed",
                value is { } failed
                    ? new JsonObject
                    {
                        ["version"] = failed.Version,
                        ["sha256"] = failed.Sha256,
                        ["error"] = failed.Error,
                    }
                    : null
            );
    }

    public string PathOf(string slot) => Path.Combine(directory, slot);

    public void NoteVersion(string slot, string version) => File.WriteAllText(Path.Combine(PathOf(slot), VersionFile), version);

    public string? VersionOf(string slot) => Read(Path.Combine(PathOf(slot), VersionFile));

    /// <summary>From now on <c>current</c> leads there; null: nowhere.</summary>
    public void Switch(string? slot)
    {
        string link = Path.Combine(directory, Link);
        if (slot is null)
        {
            File.Delete(link);
            return;
        }
        string fresh = link + ".new";
        File.Delete(fresh);
        File.CreateSymbolicLink(fresh, slot);
        // File.Move looks at what the link leads to, which is a folder.
        if (Rename(fresh, link) != 0)
            throw new IOException($"{link}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string from, string to);

    private JsonNode? Parse(string name)
    {
        try
        {
            return Read(Path.Combine(directory, name)) is { } text ? UntrustedJson.Parse(Encoding.UTF8.GetBytes(text)) : null;
        }
        catch (Exception failure) when (UntrustedJson.IsProblem(failure))
        {
            return null;
        }
    }

    private void Write(string name, JsonObject? content)
    {
        string path = Path.Combine(directory, name);
        if (content is null)
        {
            File.Delete(path);
            return;
        }
        using (FileStream file = new(path + ".new", FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(content.ToJsonString()));
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } text ? text : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>An update under way.</summary>
/// <param name="From">The slot that ran before; null: it was neither.</param>
internal sealed record Trial(string Version, string Sha256, string? From);
