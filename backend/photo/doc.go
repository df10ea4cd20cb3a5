// Package photo takes out of a picture what it tells besides what it shows, such
// as where it was taken, and makes small ones of large ones. It trusts no picture:
// how many pixels one may have is asked before it is drawn.
package photo
