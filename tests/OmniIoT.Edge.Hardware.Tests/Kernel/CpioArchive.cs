using System.Text;

namespace OmniIoT.Edge.Hardware.Tests.Kernel;

/// <summary>
/// An archive as the kernel unpacks its first file system from. Source: the kernel's
/// Documentation/driver-api/early-userspace/buffer-format.rst, format "newc".
/// </summary>
internal sealed class CpioArchive(Stream output)
{
    private const uint Folder = 0x41ED; // drwxr-xr-x
    private const uint Executable = 0x81ED; // -rwxr-xr-x

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private int _inode;

    public void AddFile(string path, string source)
    {
        using FileStream content = File.OpenRead(source);
        Add(path, content);
    }

    public void AddText(string path, string text)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(text));
        Add(path, content);
    }

    /// <summary>With all above it.</summary>
    public void AddFolder(string path)
    {
        if (path.Length == 0 || !_folders.Add(path))
            return;
        AddFolder(Path.GetDirectoryName(path) ?? "");
        Header(path, Folder, 0);
    }

    public void End() => Header("TRAILER!!!", 0, 0);

    private void Add(string path, Stream content)
    {
        AddFolder(Path.GetDirectoryName(path) ?? "");
        Header(path, Executable, content.Length);
        content.CopyTo(output);
        Pad();
    }

    /// <summary>
    /// Thirteen fields of eight hexadecimal digits: inode, mode, owner, group, links, time, size, two devices, length of the name,
    /// checksum.
    /// </summary>
    private void Header(string path, uint mode, long size)
    {
        uint[] fields = [(uint)++_inode, mode, 0, 0, 1, 0, (uint)size, 0, 0, 0, 0, (uint)path.Length + 1, 0];
        output.Write(Encoding.ASCII.GetBytes($"070701{string.Concat(fields.Select(field => field.ToString("X8", null)))}{path}\0"));
        Pad();
    }

    private void Pad()
    {
        while (output.Position % 4 != 0)
            output.WriteByte(0);
    }
}
