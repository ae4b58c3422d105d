using System.Text;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>What stands in the files of a store, deleted or not.</summary>
internal sealed class FilesOfStore(string directory)
{
    public string Database { get; } = Path.Combine(directory, "omniiot.db");

    public string Log => Database + "-wal";

    public bool IsLogEmpty => new FileInfo(Log).Length == 0;

    /// <summary>The files in which one of the texts stands.</summary>
    public IReadOnlyList<string> With(params string[] texts)
    {
        List<string> found = [];
        foreach (string file in Directory.EnumerateFiles(directory, "omniiot.db*"))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] content = new byte[stream.Length];
            // The log may be cut while it is read.
            stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (texts.Any(text => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0))
                found.Add(file);
        }
        return found;
    }
}
